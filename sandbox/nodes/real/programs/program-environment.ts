import { delimiter } from "node:path";
import type { RealNodeSettings } from "../../../records/settings.js";

/** What the node's programs find on PATH: those that were settled for it before the machine's own. */
export function programEnvironment({ path }: RealNodeSettings["programs"]): Readonly<Record<string, string>> {
  return { PATH: [path, process.env["PATH"] ?? ""].filter((part) => part !== "").join(delimiter) };
}
