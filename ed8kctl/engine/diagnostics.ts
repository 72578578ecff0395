import type { Output } from "../output.js";
import type { RunOptions } from "./stacks.js";

/** Passes on what the engine and its providers say: remarks as progress, the rest as warnings. */
export function diagnosticsTo(out: Pick<Output, "progress" | "warn">): NonNullable<RunOptions["onDiagnostic"]> {
  return (severity, text) => (severity === "info" ? out.progress(text) : out.warn(text));
}
