import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors.js";
import { VERSIONS } from "../../versions.js";
import { checkSpace, diskFullError, isDiskFull } from "../machine/disk.js";
import { checkoutRoot } from "../paths.js";
import { makeOnce, type Work } from "./cache.js";
import { buildEnvironment, findGo, type Go, parseGoVersion } from "./go.js";
import { type GoModule, type Tool, TOOLS, type ToolName, type Version } from "./table.js";

/** Symbols that a program reads its own version from; the Automation API and clients refuse one without. */
const STAMPS: Readonly<Record<GoModule, readonly string[]>> = {
  pulumi: [`github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${VERSIONS.pulumi}`],
  kubernetes: kubernetesStamps(),
  helm: [`helm.sh/helm/v4/internal/version.version=v${VERSIONS.helm}`, ...kubernetesStamps()],
  node: kubernetesStamps(),
};

/** The same for every build, so that they share what Go has compiled. */
const FLAGS = ["-trimpath", "-tags", "osusergo,grpcnotrace"];
/** The greatest program, twice: while it is linked and when it is moved. */
const BUILD_BYTES = 400 * 1024 ** 2;
/** What Go's own cache takes for one of the modules. */
const GO_CACHE_BYTES = 1536 * 1024 ** 2;
/** A line of progress that often, so that nobody thinks it hangs. */
const HEARTBEAT_MS = 30_000;

/** Where a tool is in the cache once it was built: the folder's name follows from all that decides the result. */
export function builtFile(name: ToolName, cache: string): string {
  const { module, package: path } = TOOLS[name].build;
  const hash = createHash("sha256");
  const source = path.startsWith("./") ? [join(path, "main.go")] : [];
  for (const file of ["go.mod", "go.sum", ...source]) hash.update(readFileSync(join(moduleFolder(module), file)));
  hash.update([...buildFlags(module), process.platform, process.arch].join("\0"));
  return join(cache, "tools", `${module}-${hash.digest("hex").slice(0, 12)}`, name);
}

/**
 * Builds a tool with Go into the cache, unless it is there, and gives its path.
 * @throws UserError when Go is missing or too old, the disk is full, modules cannot be fetched, or the build fails
 */
export async function built(name: ToolName, cache: string, work: Work): Promise<string> {
  const file = builtFile(name, cache);
  if (existsSync(file)) return file;
  const folder = join(file, "..");
  const go = await findGo(neededGo(TOOLS[name].build.module), `to build ${name}`);
  const make = async (parts: string): Promise<void> => {
    checkSpace({ folder, bytes: BUILD_BYTES, purpose: `to build ${name}` });
    if (!existsSync(go.cache)) checkSpace({ folder: go.cache, bytes: GO_CACHE_BYTES, purpose: `to build ${name}` });
    await timed(name, work, () => goBuild({ name, go, target: join(parts, name) }, work.signal));
  };
  await makeOnce({ folder, files: [name], doing: `building ${name}`, make }, work);
  return file;
}

async function timed(name: ToolName, { report }: Work, step: () => Promise<void>): Promise<void> {
  const start = Date.now();
  const seconds = (): number => Math.round((Date.now() - start) / 1000);
  report(`${name}: building it with Go, once for this machine (up to some minutes)`);
  const heartbeat = setInterval(() => report(`${name}: still building, ${seconds()} s so far`), HEARTBEAT_MS);
  try {
    await step();
  } finally {
    clearInterval(heartbeat);
  }
  report(`${name}: built in ${seconds()} s`);
}

interface GoBuild {
  readonly name: ToolName;
  readonly go: Go;
  readonly target: string;
}

function goBuild({ name, go, target }: GoBuild, signal: AbortSignal | undefined): Promise<void> {
  const { module, package: path } = TOOLS[name].build;
  return new Promise((done, fail) => {
    const child = spawn(go.file, ["build", ...buildFlags(module), "-o", target, path], {
      cwd: moduleFolder(module),
      env: buildEnvironment(),
      stdio: ["ignore", "ignore", "pipe"],
      killSignal: "SIGINT",
      ...(signal === undefined ? {} : { signal }),
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("error", fail);
    child.once("close", (code) => (code === 0 ? done() : fail(buildError({ name, go, target }, said))));
  });
}

/** What Go said, as one sentence that tells what to do. */
export function buildError({ name, go, target }: GoBuild, said: string): UserError {
  const { wanted }: Tool = TOOLS[name];
  const lines = said.trim().split("\n");
  if (isDiskFull(said)) return diskFullError(`${target} or ${go.cache}`, `building ${name}`);
  const fetching = lines.find((line) => NETWORK.test(line));
  if (fetching !== undefined) {
    return new UserError(`Go could not fetch what ${name} is built from (GOPROXY=${go.proxy}): ${fetching.trim()}`, {
      hint: "check the network, or set GOPROXY to a module proxy that this machine reaches",
    });
  }
  return new UserError(`Go could not build ${name}: ${lines.slice(-5).join("; ").trim()}`, {
    ...(wanted === undefined ? {} : { hint: `put ${name} ${wanted} on PATH, then it is used instead` }),
  });
}

const NETWORK =
  /dial tcp|no such host|i\/o timeout|connection re(set|fused)|TLS handshake|proxyconnect|x509:|module lookup disabled|: 4\d\d |: 5\d\d |unexpected EOF/i;

function buildFlags(module: GoModule): readonly string[] {
  return [...FLAGS, "-ldflags", ["-s", "-w", ...STAMPS[module].map((stamp) => `-X ${stamp}`)].join(" ")];
}

function kubernetesStamps(): readonly string[] {
  const [major = "", minor = ""] = VERSIONS.kubernetes.split(".");
  const values = [`gitVersion=v${VERSIONS.kubernetes}`, `gitMajor=${major}`, `gitMinor=${minor}`];
  return ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"].flatMap((path) =>
    values.map((value) => `${path}.${value}`),
  );
}

function moduleFolder(module: GoModule): string {
  return join(checkoutRoot(), "sandbox", "tools", module);
}

function neededGo(module: GoModule): Version {
  const text = /^go (.+)$/m.exec(readFileSync(join(moduleFolder(module), "go.mod"), "utf8"))?.[1] ?? "";
  const version = parseGoVersion(text);
  if (version === undefined) throw new Error(`sandbox/tools/${module}/go.mod names no version of Go`);
  return version;
}
