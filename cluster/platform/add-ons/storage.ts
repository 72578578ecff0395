import type { AddOn } from "./add-on.js";

/** https://github.com/kubernetes-sigs/aws-ebs-csi-driver */
const DRIVER = "ebs.csi.aws.com";

/** The class of volumes that name none: encrypted, in the zone of the pod that uses them first. */
export const storage: AddOn = {
  about: "encrypted gp3 volumes as the default",
  isOn: () => true,
  plan: () => ({
    charts: [],
    objects: [
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "ed8k-gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: DRIVER,
        parameters: {
          type: "gp3",
          encrypted: "true",
          // An environment's namespace has its name. https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md
          tagSpecification_1: "ed8k:env={{ .PVCNamespace }}",
        },
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
      },
    ],
  }),
};

/** Snapshots of volumes, which go with the object that stands for them. */
export const snapshots: AddOn = {
  about: "snapshots of volumes",
  isOn: () => true,
  eksAddOn: "snapshot-controller",
  plan: () => ({
    charts: [],
    objects: [
      {
        apiVersion: "snapshot.storage.k8s.io/v1",
        kind: "VolumeSnapshotClass",
        metadata: { name: "ebs", annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" } },
        driver: DRIVER,
        deletionPolicy: "Delete",
      },
    ],
  }),
};
