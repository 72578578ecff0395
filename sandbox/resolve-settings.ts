import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UserError } from "../errors.js";
import { resolveEmulator } from "./aws/emulator/install.js";
import { resolveCharts } from "./charts/charts.js";
import type { LinkedTools } from "./engine/commands.js";
import { buildImages } from "./images/build.js";
import { ASKED, chooseNodes } from "./nodes/choice/checks.js";
import { readHostFacts } from "./nodes/choice/host-facts.js";
import type { NodesSpec } from "./nodes/choice/spec.js";
import { hostNames } from "./nodes/real/layout.js";
import { choosePrefix, isFree, parseRoutes } from "./nodes/real/host/slice.js";
import { unpackImages } from "./nodes/real/images/unpacked-images.js";
import { cacheFolder, type SandboxPaths } from "./paths.js";
import { basePort } from "./ports.js";
import {
  type AwsSettings,
  type NodesSettings,
  readSettings,
  type RealNodeSettings,
  type Settings,
} from "./records/settings.js";
import type { Work } from "./tools/cache.js";
import { resolveNodePrograms } from "./tools/node-programs.js";
import { resolveTool } from "./tools/resolve.js";

export interface SettingsRequest extends Work {
  /** @default those that the sandbox already has, else what suits the machine */
  readonly nodes?: NodesSpec | undefined;
  /** Whether it is to play AWS. @default what the sandbox already does, else no */
  readonly aws?: boolean | undefined;
}

/** What a sandbox is started with, and the tools that its shell has. */
export interface ResolvedSettings {
  readonly settings: Settings;
  readonly links: LinkedTools;
}

/**
 * Settles what the sandbox will be and finds or makes all that it needs. One after the other: Go uses all cores for one
 * build.
 * @throws UserError for what is missing, or for nodes that this machine cannot have
 */
export async function resolveSettings(paths: SandboxPaths, request: SettingsRequest): Promise<ResolvedSettings> {
  const nodes = await settleNodes(paths, request.nodes);
  const links = {
    pulumi: await resolveTool("pulumi", request),
    kubectl: await resolveTool("kubectl", request),
    helm: await resolveTool("helm", request),
  };
  const tools = {
    etcd: await resolveTool("etcd", request),
    "kube-apiserver": await resolveTool("kube-apiserver", request),
    "kube-controller-manager": await resolveTool("kube-controller-manager", request),
    "kube-scheduler": await resolveTool("kube-scheduler", request),
    kwok: await resolveTool("kwok", request),
  };
  const settings = { basePort: basePort(), nodes, tools };
  const hasAws = request.aws ?? readSettings(paths)?.aws !== undefined;
  return {
    links,
    settings: {
      ...settings,
      ...(nodes.real ? { realNode: await realNode(paths, request) } : {}),
      ...(hasAws ? { aws: await awsSettings(nodes, request) } : {}),
    },
  };
}

async function awsSettings({ real }: NodesSettings, request: SettingsRequest): Promise<AwsSettings> {
  const emulator = await resolveEmulator(cacheFolder(), request);
  // Images of what charts run cannot be made here: a real node would try to pull them for ever.
  const { folder, missing } = await resolveCharts(request, { runs: !real });
  return { ...emulator, charts: folder, missingCharts: [...missing] };
}

/** A sandbox that was made before keeps its nodes unless others are asked for. */
async function settleNodes(paths: SandboxPaths, asked: NodesSpec | undefined): Promise<NodesSettings> {
  const before = readSettings(paths)?.nodes;
  if (before !== undefined && asked === undefined) return before;
  if (asked?.real === false) return { ...asked, reason: ASKED };
  return chooseNodes(asked, await readHostFacts(paths));
}

async function realNode(paths: SandboxPaths, request: SettingsRequest): Promise<RealNodeSettings> {
  const tools = {
    kubelet: await resolveTool("kubelet", request),
    "kube-proxy": await resolveTool("kube-proxy", request),
    dns: await resolveTool("dns", request),
  };
  const programs = await resolveNodePrograms(request);
  const images = [...(await buildImages(request))];
  const unpackedImages = await unpackImages({ programs, images }, cacheFolder(), request);
  return { prefix: await settlePrefix(paths), tools, programs, images, unpackedImages };
}

/** Services keep their addresses for as long as the sandbox's folder is there. */
async function settlePrefix(paths: SandboxPaths): Promise<string> {
  const before = readSettings(paths)?.realNode?.prefix;
  const { link } = hostNames(paths.folder);
  const { stdout } = await promisify(execFile)("ip", ["-4", "route", "show", "table", "all"]);
  const routes = parseRoutes(stdout).filter((route) => route.link !== link);
  if (before === undefined) return choosePrefix(basePort(), routes);
  if (isFree(before, routes)) return before;
  throw new UserError(
    `the addresses of the sandbox's node, ${before}.0.0/16, are now led elsewhere by the machine's routes`,
    {
      hint: "ip route show table all shows them; ed8kctl sandbox down removes the sandbox, then up makes one with other addresses",
    },
  );
}
