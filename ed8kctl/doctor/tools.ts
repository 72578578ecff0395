import { existsSync } from "node:fs";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../../errors.js";
import { executablesOnPath, firstSuitable } from "../../sandbox/tools/path.js";
import { parseVersion, TOOLS, type Tool, type ToolName } from "../../sandbox/tools/table.js";

/** The oldest Node.js that package.json allows. */
const NODE = [20, 19] as const;

/** @throws UserError when Node.js is too old */
export function nodeVersion(version = process.versions.node): string {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return version;
  throw new UserError(`Node.js is ${version}; it must be ${NODE.join(".")} or later`, {
    hint: "install a later one: https://nodejs.org",
  });
}

/** Where a tool would come from; unlike `resolveTool`, nothing is unpacked or built for the answer. */
export async function toolSource(name: ToolName, path = process.env["PATH"] ?? ""): Promise<string> {
  const tool: Tool = TOOLS[name];
  const candidates = executablesOnPath(name, path);
  const suitable = await firstSuitable(tool, candidates);
  if (suitable !== undefined) return `${await toolVersion(suitable, tool)}, ${suitable}`;
  if (tool.packed !== undefined && process.platform === "linux" && process.arch === "x64") {
    return "comes with npm ci, unpacked at first use";
  }
  if (executablesOnPath("go", path).some((file) => existsSync(file))) return "built with Go at first use";
  const [other] = candidates;
  throw new UserError(
    other === undefined ? `there is no ${name} on PATH` : `${other} is of another version than ${tool.wanted}`,
    { hint: `install ${name} ${tool.wanted}, or Go, with which it is built` },
  );
}

async function toolVersion(file: string, { versionArgs }: Tool): Promise<string> {
  const { stdout } = await promisify(execFile)(file, [...versionArgs], { timeout: 5000 });
  return parseVersion(stdout)?.join(".") ?? "of unknown version";
}

/** @throws UserError when the engine is not on PATH in a version that will do */
export async function engineSource(path = process.env["PATH"] ?? ""): Promise<string> {
  const suitable = await firstSuitable(TOOLS.pulumi, executablesOnPath("pulumi", path));
  if (suitable !== undefined) return `${await toolVersion(suitable, TOOLS.pulumi)}, ${suitable}`;
  const [other] = executablesOnPath("pulumi", path);
  throw new UserError(other === undefined ? "there is no pulumi on PATH" : `${other} is not ${TOOLS.pulumi.wanted}`, {
    hint: 'install it (https://www.pulumi.com/docs/install), or take the sandbox\'s: eval "$(ed8kctl sandbox env)"',
  });
}
