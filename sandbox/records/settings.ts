import { z } from "zod";
import { readRecord } from "./record.js";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";

const nodes = z.strictObject({
  /** Whether there is a node that runs containers. */
  real: z.boolean(),
  /** How many nodes kwok plays. */
  simulated: z.int(),
  /** Why these: one sentence. */
  reason: z.string(),
});

const realNode = z.strictObject({
  /** The first half of the node's addresses, as in `10.77`. */
  prefix: z.string(),
  /** Which program each part of the node is. */
  tools: z.strictObject({ kubelet: z.string(), "kube-proxy": z.string(), dns: z.string() }),
  programs: z.strictObject({
    containerd: z.string(),
    ctr: z.string(),
    /** Folders with runc, containerd's shim and nft, as in PATH. */
    path: z.string(),
    /** Folder with the CNI plugins. */
    cni: z.string(),
  }),
  /** What the node has without a registry. */
  images: z.array(z.strictObject({ reference: z.string(), archive: z.string(), digest: z.string() })),
  /** Folder of the cache with the same images, as a containerd keeps them. */
  unpackedImages: z.string(),
});

const aws = z.strictObject({
  /** The Python that runs the emulator. */
  python: z.string(),
  /** Folder of the cache with the emulator's packages. */
  packages: z.string(),
  /** Folder of the cache with the charts of the platform's add-ons. */
  charts: z.string(),
  /** Names of charts that cannot be had without their registry. */
  missingCharts: z.array(z.string()),
});

const schema = z.strictObject({
  basePort: z.int(),
  nodes,
  /** Which program each component is. */
  tools: z.strictObject({
    etcd: z.string(),
    "kube-apiserver": z.string(),
    "kube-controller-manager": z.string(),
    "kube-scheduler": z.string(),
    kwok: z.string(),
  }),
  /** There when there is a real node. */
  realNode: realNode.optional(),
  /** There when the sandbox plays AWS. */
  aws: aws.optional(),
});

/** What a sandbox was started with; written by `up`, read by everybody else. */
export type Settings = Readonly<z.infer<typeof schema>>;
export type NodesSettings = Readonly<z.infer<typeof nodes>>;
export type AwsSettings = Readonly<z.infer<typeof aws>>;
export type RealNodeSettings = Readonly<z.infer<typeof realNode>>;

/**
 * The sandbox's settings; `undefined` when there is no sandbox.
 * @throws UserError when the file is not one of this version's
 */
export function readSettings(paths: SandboxPaths): Settings | undefined {
  return readRecord(paths.settings, schema);
}

/** Writes the settings for the supervisor and for `status`. */
export function writeSettings(paths: SandboxPaths, settings: Settings): void {
  writeAtomically(paths.settings, JSON.stringify(settings, undefined, 2));
}
