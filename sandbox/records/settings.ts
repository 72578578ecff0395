import { z } from "zod";
import { readRecord } from "./record.js";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";

const schema = z.strictObject({
  basePort: z.int(),
  /** How many nodes the cluster has. */
  nodes: z.int(),
  /** Which program each component is. */
  tools: z.strictObject({
    etcd: z.string(),
    "kube-apiserver": z.string(),
    "kube-controller-manager": z.string(),
    "kube-scheduler": z.string(),
    kwok: z.string(),
  }),
});

/** What a sandbox was started with; written by `up`, read by everybody else. */
export type Settings = Readonly<z.infer<typeof schema>>;

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
