import { delimiter } from "node:path";
import type { RealNodeSettings } from "../../../records/settings.js";

/** What the node's programs find on PATH, and the variables that they need. */
export function programEnvironment({ path, env }: RealNodeSettings["programs"]): Readonly<Record<string, string>> {
  const PATH = [path, process.env["PATH"] ?? ""].filter((part) => part !== "").join(delimiter);
  return { ...env, PATH };
}
