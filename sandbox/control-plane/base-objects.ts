import type { KubeClient } from "../../kube/client.js";
import type { Manifest } from "../../kube/manifest.js";

/** What makes volumes on EKS, and is played in the sandbox: by kwok for simulated nodes, by `startVolumes` for a real one. */
export const VOLUME_DRIVER = "ebs.csi.aws.com";

/** What an EKS cluster with the EBS add-on has from the start. https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html */
export const BASE_OBJECTS: readonly Manifest[] = [
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "CSIDriver",
    metadata: { name: VOLUME_DRIVER },
    // Nobody attaches volumes to nodes, and pods would wait for that for ever; those of a real node are no CSI volumes.
    spec: { attachRequired: false },
  },
  {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    provisioner: VOLUME_DRIVER,
    parameters: { type: "gp3" },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  },
];

/** Makes them, or brings them back to what they should be. */
export async function applyBaseObjects(client: KubeClient): Promise<void> {
  await Promise.all(BASE_OBJECTS.map((object) => client.apply(object, { fieldManager: "ed8k-sandbox", force: true })));
}
