import { UserError } from "../../../errors.js";
import { nameOf } from "./wait.js";

/** Why a call failed: AWS' own code, which can be looked up, and its words. */
export function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.hint === undefined ? error.message : `${error.message}. ${error.hint}.`;
  // Of a connection that was refused on several addresses only the code says something.
  const words = error instanceof Error && error.message !== "" ? error.message : codeOf(error);
  return error instanceof Error ? `${nameOf(error)}: ${words}` : words;
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}
