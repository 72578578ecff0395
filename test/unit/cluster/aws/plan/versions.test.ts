import assert from "node:assert/strict";
import { NOTICE_DAYS, unknownVersionFaults, versionFaults } from "../../../../../cluster/aws/plan/versions.js";
import { EKS_ADD_ONS, EKS_VERSIONS, eksAddOnVersion, VERSIONS } from "../../../../../versions.js";

const day = (text: string): Date => new Date(`${text}T12:00:00Z`);

describe("versions of Kubernetes on EKS", () => {
  // The only test that reads the clock: it fails in time for somebody to choose a newer version.
  it("are pinned to one that is supported for more than 90 days", () => {
    assert.deepEqual(versionFaults(VERSIONS.eks, new Date()), []);
  });

  it("are told as ending within 90 days, and as ended", () => {
    const where = "ed8k:eks.version";
    const hint = "upgrade one version at a time, up to 1.36";
    assert.equal(NOTICE_DAYS, 90);
    assert.deepEqual(versionFaults("1.34", day("2026-09-01")), []);
    assert.deepEqual(versionFaults("1.34", day("2026-11-23")), [
      {
        where,
        problem:
          "the standard support of Kubernetes 1.34 on EKS ends in 8 days, on 2026-12-02; EKS then upgrades it by itself",
        hint,
      },
    ]);
    assert.deepEqual(versionFaults("1.34", day("2026-12-03")), [
      {
        where,
        problem:
          "the standard support of Kubernetes 1.34 on EKS has ended on 2026-12-02; EKS then upgrades it by itself",
        hint,
      },
    ]);
    assert.equal(versionFaults("1.36", day("2027-06-01"))[0]?.hint, "add a newer version to versions.ts");
  });

  it("are refused when they are not in the table", () => {
    assert.deepEqual(versionFaults("1.20", day("2026-11-23")), unknownVersionFaults("1.20"));
    assert.equal(unknownVersionFaults("1.20").length, 1);
  });

  it("have a full version of the same minor for charts, and add-ons that go with it", () => {
    for (const [minor, { kubernetes }] of Object.entries(EKS_VERSIONS)) {
      assert.ok(kubernetes.startsWith(`${minor}.`), kubernetes);
      assert.ok(eksAddOnVersion("kube-proxy", minor).startsWith(`v${minor}.`));
      assert.equal(eksAddOnVersion("vpc-cni", minor), EKS_ADD_ONS["vpc-cni"]);
    }
    assert.equal(EKS_VERSIONS[VERSIONS.eks]?.kubernetes, VERSIONS.kubernetes);
    assert.throws(() => eksAddOnVersion("coredns", "1.20"), { message: "coredns has no version for Kubernetes 1.20" });
  });
});
