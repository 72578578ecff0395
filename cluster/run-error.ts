import { RunError } from "@pulumi/pulumi";
import type { UserError } from "../errors.js";

/**
 * An error of ours as one that the engine prints without a stack. Its stack is never shown, but Pulumi's runner asks for
 * it, and finding its lines in the source maps takes 10 s.
 */
export function toRunError({ message, hint }: UserError): RunError {
  const error = new RunError(hint === undefined ? message : `${message}\n  hint: ${hint}`);
  error.stack = "";
  return error;
}
