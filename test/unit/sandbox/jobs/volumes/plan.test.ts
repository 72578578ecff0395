import assert from "node:assert/strict";
import type { LiveObject } from "../../../../../kube/object.js";
import { planVolumes, type VolumePlan } from "../../../../../sandbox/jobs/volumes/plan.js";
import { chosen, claim, NODE, UID, volume } from "./objects.js";

const FOLDER = "/s/volumes";
const NOTHING: VolumePlan = { make: [], remove: [], faults: [] };

function plan(claims: readonly LiveObject[], volumes: readonly LiveObject[] = []): VolumePlan {
  return planVolumes({ node: NODE, folder: FOLDER, claims, volumes });
}

describe("volumes of a real node", () => {
  it("are a folder and an object that leads to it, for the claim alone and on the node alone", () => {
    const { apiVersion, kind, metadata, ...rest } = volume(FOLDER);
    const { name, annotations } = metadata;
    const manifest = { apiVersion, kind, metadata: { name, annotations }, ...rest };
    assert.deepEqual(plan([claim()]), { ...NOTHING, make: [{ folder: `${FOLDER}/pvc-${UID}`, manifest }] });
  });

  it("have the claim's size and ways of access", () => {
    const spec = {
      accessModes: ["ReadWriteMany"],
      resources: { requests: { storage: "40Gi" } },
      volumeMode: undefined,
    };
    const made = plan([claim({ spec })]).make[0]?.manifest["spec"] as Record<string, unknown>;
    assert.deepEqual([made["accessModes"], made["capacity"]], [["ReadWriteMany"], { storage: "40Gi" }]);
  });

  for (const [what, claims, volumes] of [
    ["a claim of another node", [claim({ metadata: { annotations: chosen("ed8k-node-1") } })], []],
    ["a claim that has no node yet", [claim({ metadata: { annotations: {} } })], []],
    [
      "a claim that another provisioner is to fulfil",
      [
        claim({
          metadata: { annotations: { ...chosen(NODE), "volume.kubernetes.io/storage-provisioner": "efs.csi.aws.com" } },
        }),
      ],
      [],
    ],
    ["a claim that is bound", [claim({ spec: { volumeName: "pv-1" } })], []],
    ["a claim that is being deleted", [claim({ metadata: { deletionTimestamp: "2026-11-24T10:00:00Z" } })], []],
    ["a claim whose volume is there and not bound yet", [claim()], [volume(FOLDER, { phase: "Available" })]],
    ["a volume that is bound", [], [volume(FOLDER, { phase: "Bound" })]],
    ["a volume that has no state yet", [], [volume(FOLDER)]],
    [
      "a released volume that somebody keeps",
      [],
      [volume(FOLDER, { phase: "Released", spec: { persistentVolumeReclaimPolicy: "Retain" } })],
    ],
    ["a released volume of another folder", [], [volume("/elsewhere", { phase: "Released" })]],
    [
      "a released volume that leads outside",
      [],
      [volume(FOLDER, { phase: "Released", spec: { local: { path: `${FOLDER}/../x` } } })],
    ],
    [
      "a released volume of a simulated node",
      [],
      [
        volume(FOLDER, {
          phase: "Released",
          spec: { local: undefined, csi: { driver: "ebs.csi.aws.com", volumeHandle: `vol-${UID}` } },
        }),
      ],
    ],
    [
      "a released volume that somebody else has made",
      [],
      [{ ...volume(FOLDER, { phase: "Released" }), metadata: { ...volume(FOLDER).metadata, annotations: {} } }],
    ],
  ] as const) {
    it(`leave ${what} alone`, () => assert.deepEqual(plan(claims, volumes), NOTHING));
  }

  it("of a name that leads outside are left alone", () => {
    for (const name of ["..", "../x", "pvc-../../etc", "data", `pvc-${UID}/x`]) {
      const released = volume(FOLDER, { phase: "Released", spec: { local: { path: `${FOLDER}/${name}` } } });
      assert.deepEqual(plan([], [{ ...released, metadata: { ...released.metadata, name } }]), NOTHING, name);
    }
  });

  it("are removed with their folder once their claim is gone", () => {
    const name = `pvc-${UID}`;
    assert.deepEqual(plan([], [volume(FOLDER, { phase: "Released" })]), {
      ...NOTHING,
      remove: [{ folder: `${FOLDER}/${name}`, name, uid: `uid-of-${name}` }],
    });
  });

  for (const [spec, fault] of [
    [{ volumeMode: "Block" }, "wants a block device, which a folder is not"],
    [
      { dataSource: { kind: "PersistentVolumeClaim", name: "other" } },
      "wants to begin as a copy, which a real node does not make",
    ],
    [
      { dataSourceRef: { kind: "VolumeSnapshot", name: "x" } },
      "wants to begin as a copy, which a real node does not make",
    ],
  ] as const) {
    it(`are not made for a claim that ${fault} (${Object.keys(spec).join()}), which is told`, () => {
      assert.deepEqual(plan([claim({ spec })]), { ...NOTHING, faults: [`claim alice/data-bos--db-0 ${fault}`] });
    });
  }
});
