import type { JsonObject } from "../../../../../kube/manifest.js";
import type { LiveMeta, LiveObject } from "../../../../../kube/object.js";
import { live } from "../../../ed8kctl/live/objects.js";

export const NODE = "ed8k-real";
export const UID = "11111111-2222-3333-4444-555555555555";

/** A claim for which the scheduler has chosen a node. */
export function claim(changes: { readonly spec?: JsonObject; readonly metadata?: Partial<LiveMeta> } = {}): LiveObject {
  return live(
    "PersistentVolumeClaim data-bos--db-0",
    {
      spec: {
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: "2Gi" } },
        storageClassName: "gp3",
        volumeMode: "Filesystem",
        ...changes.spec,
      },
    },
    { uid: UID, namespace: "alice", annotations: chosen(NODE), ...changes.metadata },
  );
}

/** What the scheduler and the controller manager write on a claim. */
export function chosen(node: string): Record<string, string> {
  return {
    "volume.kubernetes.io/storage-provisioner": "ebs.csi.aws.com",
    "volume.kubernetes.io/selected-node": node,
  };
}

/** A volume as it is made for `claim()`. */
export function volume(
  folder: string,
  changes: { readonly spec?: JsonObject; readonly phase?: string } = {},
): LiveObject {
  const name = `pvc-${UID}`;
  return live(
    `PersistentVolume ${name}`,
    {
      spec: {
        accessModes: ["ReadWriteOnce"],
        capacity: { storage: "2Gi" },
        claimRef: {
          apiVersion: "v1",
          kind: "PersistentVolumeClaim",
          name: "data-bos--db-0",
          namespace: "alice",
          uid: UID,
        },
        local: { path: `${folder}/${name}` },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [NODE] }] },
            ],
          },
        },
        persistentVolumeReclaimPolicy: "Delete",
        storageClassName: "gp3",
        volumeMode: "Filesystem",
        ...changes.spec,
      },
      ...(changes.phase === undefined ? {} : { status: { phase: changes.phase } }),
    },
    { annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" } },
  );
}
