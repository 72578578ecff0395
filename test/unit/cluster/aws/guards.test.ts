import assert from "node:assert/strict";
import type { Registered } from "../../../harness.js";
import { OPTIONS } from "./options.js";
import { isClosed, isEncrypted, NO_STORES, NOT_TAGGED, STORES } from "./resource-types.js";
import { policiesOf, type PolicyOf } from "./policies-of.js";
import { registeredWith } from "./registered.js";

const TAGS = { "ed8k:cluster": "dev", "ed8k:stack": "ed8k/dev", "ed8k:kind": "cluster", "cost-center": "dxp" };

/** Over everything that any option registers, so that nothing that is added later escapes. */
describe("all that a cluster stack registers on AWS", () => {
  const all: (readonly Registered[])[] = [];

  before(async () => {
    for (const change of [{}, ...OPTIONS.map((option) => option.change)]) {
      const { resources } = await registeredWith(change);
      all.push(resources.filter(({ type }) => type.startsWith("aws:") || type.startsWith("eks:")));
    }
  });

  /** Those of every option for which it holds, as `<type> <name>`. */
  function which(predicate: (resource: Registered, others: readonly Registered[]) => boolean): readonly string[] {
    const found = all.flatMap((resources) => resources.filter((resource) => predicate(resource, resources)));
    return [...new Set(found.map(({ type, name }) => `${type} ${name}`))].toSorted();
  }

  it("has ED8K's tags and the settings', but for types that cannot be tagged", () => {
    const lacks = ({ type, inputs }: Registered): boolean => {
      const tags = inputs["tags"] as Readonly<Record<string, string>> | undefined;
      return !NOT_TAGGED.includes(type) && !Object.entries(TAGS).every(([key, value]) => tags?.[key] === value);
    };
    assert.deepEqual(which(lacks), []);
    assert.deepEqual(
      which(({ type, inputs }) => NOT_TAGGED.includes(type) && "tags" in inputs),
      [],
    );
  });

  it("says of every type whether it keeps something", () => {
    const types = new Set(all.flat().map(({ type }) => type));
    assert.deepEqual([...types].toSorted(), [...Object.keys(STORES), ...NO_STORES].toSorted());
  });

  it("encrypts whatever it keeps", () => {
    assert.deepEqual(
      which((resource, others) => !isEncrypted(resource, others)),
      [],
    );
  });

  it("lets nobody in from the internet: no public API server, broker, bucket, address or rule [row 99]", () => {
    assert.deepEqual(
      which((resource) => !isClosed(resource)),
      [],
    );
  });

  it("lets in to the API server the clients of the VPN, on one port [row 100]", () => {
    const rules = all.flat().filter(({ name }) => name.startsWith("api-"));
    assert.deepEqual(
      [
        ...new Set(
          rules.map(
            ({ inputs }) => `${String(inputs["cidrIpv4"])} ${String(inputs["fromPort"])}-${String(inputs["toPort"])}`,
          ),
        ),
      ],
      ["10.8.0.0/16 443-443", "10.9.0.0/16 443-443"],
    );
  });

  describe("by its policies [row 98]", () => {
    let policies: readonly PolicyOf[] = [];
    before(() => (policies = all.flatMap(policiesOf)));
    const whose = (found: readonly PolicyOf[]): readonly string[] => [...new Set(found.map(({ of }) => of))];

    it("has one in every place that takes one", () => {
      const types = new Set(policies.map(({ type }) => type));
      assert.deepEqual([...types].toSorted(), [
        "aws:iam/role:Role",
        "aws:iam/rolePolicy:RolePolicy",
        "aws:kms/key:Key",
        "aws:s3/bucketPolicy:BucketPolicy",
        "aws:sqs/queuePolicy:QueuePolicy",
      ]);
    });

    it("gives no right to all actions, of a service or of all", () => {
      const found = policies.filter(({ statements }) =>
        statements.some(({ Effect, Action }) => Effect === "Allow" && Action.some((action) => /(^|:)\*$/.test(action))),
      );
      assert.deepEqual(whose(found), []);
    });

    it("gives on all resources the right to look, and no other; in a key's policy all is the key", () => {
      const found = policies.filter(
        ({ type, statements }) =>
          type !== "aws:kms/key:Key" &&
          statements.some(
            ({ Effect, Action, Resource = [] }) =>
              Effect === "Allow" &&
              Resource.includes("*") &&
              Action.some((action) => !/:(Describe|Get|List)/.test(action)),
          ),
      );
      assert.deepEqual(whose(found), []);
    });

    it("gives nobody outside the account any right", () => {
      const found = policies.filter(({ statements }) =>
        statements.some(
          ({ Effect, Principal }) =>
            Effect === "Allow" && (Principal === "*" || JSON.stringify(Principal ?? "").includes('"*"')),
        ),
      );
      assert.deepEqual(whose(found), []);
    });

    it("gives each statement a name of its own", () => {
      const found = policies.filter(
        ({ statements }) => new Set(statements.map(({ Sid }) => Sid)).size < statements.length,
      );
      assert.deepEqual(whose(found), []);
    });

    it("stays within what IAM takes: 10,240 letters for a role, 2,048 for its trust", () => {
      const found = policies.filter(({ type, text }) => text.length > (type === "aws:iam/role:Role" ? 2048 : 10_240));
      assert.deepEqual(whose(found), []);
    });
  });
});
