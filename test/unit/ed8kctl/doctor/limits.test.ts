import assert from "node:assert/strict";
import { Warning } from "../../../../ed8kctl/doctor/check.js";
import { checkPartitions, checkSupport } from "../../../../ed8kctl/doctor/limits.js";
import { EKS_VERSIONS, VERSIONS } from "../../../../versions.js";
import { explainAws } from "../../../../ed8kctl/aws/refusals.js";
import { refusal } from "../aws/answering.js";
import { EKS_FACTS } from "../cluster/fixtures.js";
import { FACTS } from "../live/facts.js";

const DAY_MS = 86_400_000;
const END = Date.parse(EKS_VERSIONS["1.36"]?.endOfStandardSupport ?? "");

describe("the limits of a cluster on AWS", () => {
  const daysBefore = (days: number): Date => new Date(END - days * DAY_MS);

  it("begin with the support of its version, of which doctor warns 90 days before its end", () => {
    assert.equal(
      checkSupport(EKS_FACTS, { version: "1.36.3", now: daysBefore(91) }),
      "Kubernetes 1.36 has standard support until 2027-08-02",
    );
    for (const [days, text] of [
      [
        90,
        "the standard support of Kubernetes 1.36 on EKS ends in 90 days, on 2027-08-02; EKS then upgrades it by itself",
      ],
      [-1, "the standard support of Kubernetes 1.36 on EKS has ended on 2027-08-02; EKS then upgrades it by itself"],
    ] as const) {
      assert.throws(
        () => checkSupport(EKS_FACTS, { version: "1.36.3", now: daysBefore(days) }),
        (error) => error instanceof Warning && error.message === text && error.hint !== undefined,
      );
    }
  });

  it("leave ED8K time to learn the next version: that of new clusters is supported for 90 days from today", () => {
    const version = `${VERSIONS.eks}.0`;
    const facts = { ...EKS_FACTS, kubernetesVersion: version };
    assert.match(checkSupport(facts, { version, now: new Date() }) ?? "", /^Kubernetes .* has standard support until/);
  });

  it("are those of the version that the API server has, which may be another one than the stack says", () => {
    const older = { ...EKS_FACTS, kubernetesVersion: "1.35.6" };
    const set = (version: string): string => `set ed8k:eks.version in Pulumi.dev.yaml to ${version}, then:`;
    for (const [facts, live, hint] of [
      [EKS_FACTS, "1.37.0", "this ED8K does not know 1.37 yet: update it first"],
      [EKS_FACTS, "1.35.6", `${set("1.35")} pulumi up --refresh --stack dev`],
      [older, "1.36.3", `${set("1.36")} ed8kctl cluster up dev --refresh`],
    ] as const) {
      assert.throws(
        () => checkSupport(facts, { version: live, now: daysBefore(365) }),
        (error) => {
          assert.ok(error instanceof Warning);
          const [minor] = /^1\.\d+/.exec(live) ?? [];
          const [recorded] = /^1\.\d+/.exec(facts.kubernetesVersion) ?? [];
          assert.equal(error.message, `the API server has Kubernetes ${minor}, its stack dev says ${recorded}`);
          assert.equal(error.hint, hint);
          return true;
        },
      );
    }
  });

  it("are the partitions that the shared Kafka has left", async () => {
    const read = (used: number) => (asked: unknown) => {
      assert.equal(asked, EKS_FACTS.aws);
      return Promise.resolve({ budget: 2400, used, left: 2400 - used });
    };
    assert.equal(
      await checkPartitions(EKS_FACTS, read(40)),
      "40 of 2400 replicas of partitions are used, 2360 are left",
    );
    await assert.rejects(checkPartitions(EKS_FACTS, read(2160)), (error) => {
      assert.ok(error instanceof Warning);
      assert.equal(error.message, "2160 of 2400 replicas of partitions are used");
      assert.match(error.hint ?? "", /ed8k:msk\.brokers, then ed8kctl cluster up dev$/);
      return true;
    });
  });

  it("that AWS does not tell are no fault of the cluster", async () => {
    const expired = explainAws(refusal("ExpiredTokenException"), "the topics");
    await assert.rejects(
      checkPartitions(EKS_FACTS, () => Promise.reject(expired)),
      (error) => {
        assert.ok(error instanceof Warning);
        assert.equal(error.message, `not known: ${expired.message}`);
        assert.equal(error.hint, "log in to AWS (aws sso login) and choose the profile (AWS_PROFILE)");
        return true;
      },
    );
  });

  it("that whoever asks may not know are no warning at every run", async () => {
    const denied = explainAws(refusal("AccessDeniedException", 403), "the topics");
    assert.equal(
      await checkPartitions(EKS_FACTS, () => Promise.reject(denied)),
      "partitions are not shown to you, which is no fault",
    );
  });

  it("of a cluster that was there before its stack are not known", async () => {
    assert.equal(checkSupport(FACTS, { version: "1.36.3", now: new Date() }), undefined);
    assert.equal(await checkPartitions(FACTS), undefined);
  });
});
