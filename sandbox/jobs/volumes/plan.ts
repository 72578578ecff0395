import { join } from "node:path";
import type { JsonObject, Manifest } from "../../../kube/manifest.js";
import { asText, at, isJsonObject, type LiveObject } from "../../../kube/object.js";
import { VOLUME_DRIVER } from "../../control-plane/base-objects.js";

/** Whose volumes are made, and where. */
export interface VolumePlace {
  /** Name of the node. */
  readonly node: string;
  /** Holds a folder for each volume, and nothing else. */
  readonly folder: string;
}

export interface VolumeState extends VolumePlace {
  readonly claims: Iterable<LiveObject>;
  readonly volumes: Iterable<LiveObject>;
}

/** A volume that a claim waits for. */
export interface Wanted {
  readonly folder: string;
  readonly manifest: Manifest;
}

/** A volume whose claim is gone. */
export interface Released {
  readonly folder: string;
  readonly name: string;
  readonly uid: string;
}

/** What is to be done so that each claim on the node has its volume, and no other claim's data stays. */
export interface VolumePlan {
  readonly make: readonly Wanted[];
  readonly remove: readonly Released[];
  /** Claims that cannot be fulfilled, with the reason. */
  readonly faults: readonly string[];
}

/** Decides from what there is now alone, so that it is right after any crash. */
export function planVolumes({ claims, volumes, ...place }: VolumeState): VolumePlan {
  const known = [...volumes];
  const names = new Set(known.map(({ metadata }) => metadata.name));
  const waiting = [...claims].filter((claim) => isWaiting(claim, place.node) && !names.has(nameOf(claim)));
  const fulfilled = waiting.filter((claim) => obstacleTo(claim) === undefined);
  return {
    make: fulfilled.map((claim) => ({ folder: join(place.folder, nameOf(claim)), manifest: manifestOf(claim, place) })),
    remove: known.flatMap((volume) => releasedOf(volume, place)),
    faults: waiting.flatMap((claim) => {
      const obstacle = obstacleTo(claim);
      const { namespace = "", name } = claim.metadata;
      return obstacle === undefined ? [] : [`claim ${namespace}/${name} ${obstacle}`];
    }),
  };
}

/** What a claim wants that a folder is not; `undefined` where a folder will do. */
function obstacleTo({ spec }: LiveObject): string | undefined {
  if (at(spec, "volumeMode") === "Block") return "wants a block device, which a folder is not";
  // An empty volume instead would look like lost data.
  const isCopy = at(spec, "dataSource") !== undefined || at(spec, "dataSourceRef") !== undefined;
  return isCopy ? "wants to begin as a copy, which a real node does not make" : undefined;
}

/** The scheduler has chosen the node, and the controller manager has said who is to make the volume. */
function isWaiting({ metadata, spec }: LiveObject, node: string): boolean {
  const { annotations = {}, deletionTimestamp } = metadata;
  return (
    deletionTimestamp === undefined &&
    asText(at(spec, "volumeName")) === "" &&
    annotations["volume.kubernetes.io/storage-provisioner"] === VOLUME_DRIVER &&
    annotations["volume.kubernetes.io/selected-node"] === node
  );
}

/** As provisioners name them: a claim that is made anew is another one. */
function nameOf({ metadata }: LiveObject): string {
  return `pvc-${metadata.uid}`;
}

/** https://kubernetes.io/docs/concepts/storage/volumes/#local */
function manifestOf(claim: LiveObject, { node, folder }: VolumePlace): Manifest {
  const { spec, metadata } = claim;
  const { name, namespace, uid } = metadata;
  const requests = at(spec, "resources", "requests");
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    // By it the controller manager knows that it is not the one to remove the volume.
    metadata: { name: nameOf(claim), annotations: { [PROVISIONED_BY]: VOLUME_DRIVER } },
    spec: {
      accessModes: at(spec, "accessModes"),
      capacity: { storage: at(requests, "storage") },
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
      local: { path: join(folder, nameOf(claim)) },
      nodeAffinity: { required: { nodeSelectorTerms: [onNode(node)] } },
      persistentVolumeReclaimPolicy: "Delete",
      storageClassName: at(spec, "storageClassName"),
      volumeMode: "Filesystem",
    },
  };
}

const PROVISIONED_BY = "pv.kubernetes.io/provisioned-by";

function onNode(node: string): JsonObject {
  return { matchExpressions: [{ key: "kubernetes.io/hostname", operator: "In", values: [node] }] };
}

/** Only a volume of ours, in its own folder; one that somebody keeps (`Retain`) is none of our business any more. */
function releasedOf({ metadata, spec, status }: LiveObject, { folder }: VolumePlace): Released[] {
  const { name, uid, annotations = {} } = metadata;
  const own = join(folder, name);
  const isOurs =
    /^pvc-[0-9a-f-]{36}$/.test(name) &&
    annotations[PROVISIONED_BY] === VOLUME_DRIVER &&
    isJsonObject(spec) &&
    at(spec, "local", "path") === own;
  const isReleased = at(status, "phase") === "Released" && at(spec, "persistentVolumeReclaimPolicy") === "Delete";
  return isOurs && isReleased ? [{ folder: own, name, uid }] : [];
}
