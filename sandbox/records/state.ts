import { z } from "zod";
import { writeAtomically } from "../machine/files.js";
import type { SandboxPaths } from "../paths.js";
import { readRecord } from "./record.js";

const processId = z.strictObject({ pid: z.int(), startTime: z.string() });

/** Which nodes there are; also part of `sandbox status --json`. */
export const nodesSchema = z.strictObject({
  /** How many there are to be, by kind; a kind without nodes is left out. */
  counts: z.strictObject({ real: z.int().optional(), simulated: z.int().optional() }),
  /** Why these: one sentence. */
  reason: z.string(),
  /** How many were ready when the supervisor last looked. */
  ready: z.int(),
  /** What works elsewhere and not on these nodes; whole sentences. */
  limits: z.array(z.string()),
  /** The port on 127.0.0.1 that serves the host names of environments. */
  gateway: z.int().optional(),
});

const component = z.strictObject({
  name: z.string(),
  /** `starting`: runs, not healthy yet; `waiting`: ended, is started again soon; `stopped`: ended on purpose. */
  state: z.enum(["starting", "running", "waiting", "stopped"]),
  /** When it came into that state. ISO 8601. */
  since: z.string(),
  process: processId.optional(),
  health: z.union([
    z.strictObject({ url: z.string(), certificate: z.string().optional() }),
    z.strictObject({ file: z.string() }),
  ]),
  /** How often it was started again. */
  restarts: z.int(),
  lastExit: z.strictObject({ at: z.string(), reason: z.string() }).optional(),
});

const schema = z.strictObject({
  supervisor: processId,
  phase: z.enum(["starting", "ready", "stopping", "failed"]),
  /** Why the phase is `failed`: one sentence. */
  failure: z.string().optional(),
  nodes: nodesSchema,
  components: z.array(component),
  /** Steps of the start that are done and show in no component, as in `images imported`. */
  steps: z.array(z.string()),
});

export type NodesState = Readonly<z.infer<typeof nodesSchema>>;

export type ComponentState = Readonly<z.infer<typeof component>>;

/** What runs, as the supervisor last saw it. */
export type SandboxState = Readonly<Omit<z.infer<typeof schema>, "components">> & {
  readonly components: readonly ComponentState[];
};

/**
 * What the supervisor last wrote; `undefined` when there was none.
 * @throws UserError when the file is not one of this version's
 */
export function readState(paths: SandboxPaths): SandboxState | undefined {
  return readRecord(paths.state, schema);
}

/** Written by the supervisor at every change. */
export function writeState(paths: SandboxPaths, state: SandboxState): void {
  writeAtomically(paths.state, JSON.stringify(state, undefined, 2));
}
