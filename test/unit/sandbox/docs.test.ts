import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { awsComponents } from "../../../sandbox/aws/components.js";
import { controlPlane } from "../../../sandbox/control-plane/components.js";
import { containerd } from "../../../sandbox/nodes/real/programs/containerd.js";
import { kubelet } from "../../../sandbox/nodes/real/programs/kubelet.js";
import { firstProcess } from "../../../sandbox/nodes/real/namespaces.js";
import { dns, kubeProxy } from "../../../sandbox/nodes/real/programs/service-programs.js";
import { REAL_LIMITS } from "../../../sandbox/nodes/real/real.js";
import { kwok } from "../../../sandbox/nodes/simulated.js";
import { checkoutRoot, sandboxPaths, type SandboxPaths } from "../../../sandbox/paths.js";
import { PARTS } from "../../../sandbox/parts.js";
import { basePort, sandboxPorts } from "../../../sandbox/ports.js";
import type { Settings } from "../../../sandbox/records/settings.js";
import type { Component } from "../../../sandbox/supervision/component.js";
import { TOOLS } from "../../../sandbox/tools/table.js";
import { VERSIONS } from "../../../versions.js";
import { NODE } from "./nodes/real/node-programs.js";
import { cleanUp, scratchFolder } from "./scratch.js";

const text = readFileSync(join(checkoutRoot(), "docs", "sandbox.md"), "utf8");

/** The cells of the table below a heading, without its own head. */
function table(heading: string): string[][] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  return rows.slice(2).map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** On loopback; programs in the node answer at its own address. */
function portOf({ health }: Component): number | undefined {
  const url = "url" in health ? new URL(health.url) : undefined;
  return url?.hostname === "127.0.0.1" ? Number(url.port) : undefined;
}

/** What the second column of a table explains, by what is in the first. */
function explainedIn(heading: string): readonly { readonly name: string; readonly word: string }[] {
  return table(heading).flatMap(([name = "", words = ""]) =>
    [...words.matchAll(/`([^`]+)`/g)].map(([, word = ""]) => ({ name, word })),
  );
}

describe("docs/sandbox.md", () => {
  const tools = Object.fromEntries(
    ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"].map((name) => [name, `/t/${name}`]),
  ) as Settings["tools"];
  const aws = { python: "/t/python3", packages: "/t/packages", charts: "/t/charts", missingCharts: [] };
  const settings: Settings = { basePort: basePort({}), nodes: { real: false, simulated: 3, reason: "so" }, tools, aws };
  const realSettings: Settings = { ...settings, nodes: { real: true, simulated: 0, reason: "so" }, realNode: NODE };
  const paths = sandboxPaths("/s");
  const planeOf = (of: Settings): Component[] => {
    const { etcd, apiServer, controllerManager, scheduler } = controlPlane(of, paths);
    return [etcd, apiServer, controllerManager, scheduler];
  };
  const { emulator, front } = awsComponents(aws, settings.basePort, paths);
  const components = [...planeOf(settings), kwok(settings, paths, () => Promise.resolve())];
  const programsOf = (of: SandboxPaths): Component[] => [
    firstProcess({ paths: of, basePort: settings.basePort, node: NODE }),
    containerd({ paths: of, basePort: settings.basePort, node: NODE }),
    kubelet(of, NODE),
    kubeProxy(of, NODE),
    dns(of, NODE),
  ];
  afterEach(cleanUp);

  it("draws the programs that run, with their ports on loopback (sandbox/parts.ts)", () => {
    const ports: Readonly<Record<string, number>> = sandboxPorts(settings.basePort);
    const programs = PARTS.filter(({ runs }) => runs !== "job of the supervisor");
    assert.deepEqual(
      programs.map(({ name, port }) => [name, port === undefined ? undefined : ports[port]]),
      [emulator, front, ...components, ...programsOf(paths)].map((component) => [component.name, portOf(component)]),
    );
  });

  for (const [kind, all] of [
    ["simulated", components],
    ["real", planeOf(realSettings)],
  ] as const) {
    it(`explains only flags that are set with ${kind} nodes`, () => {
      const explained = explainedIn("Flags, and why").filter(({ name }) => kind === "simulated" || name !== "kwok");
      const unknown = explained.filter(({ name, word }) => {
        const args = all.find((component) => component.name === name)?.args ?? [];
        return !args.some((arg) => (word.startsWith("--") ? arg.startsWith(word) : arg.includes(word)));
      });
      assert.ok(explained.length > 10);
      assert.deepEqual(unknown, []);
    });
  }

  it("explains only settings that the node's programs have", async () => {
    const own = sandboxPaths(scratchFolder());
    mkdirSync(own.node);
    const files: Readonly<Record<string, readonly string[]>> = {
      node: [join(checkoutRoot(), "sandbox", "nodes", "real", "node.sh")],
      containerd: ["config.toml", "cni/10-ed8k.conflist"].map((name) => join(own.node, "containerd", name)),
      kubelet: [join(own.node, "kubelet", "config.json")],
      "kube-proxy": [join(own.node, "kube-proxy.json")],
      dns: [join(own.node, "Corefile")],
    };
    const [, ...withFiles] = programsOf(own);
    for (const { prepare } of withFiles) await prepare?.();
    const explained = explainedIn("Settings of the node's programs");
    assert.deepEqual([...new Set(explained.map(({ name }) => name))], Object.keys(files));
    const unknown = explained.filter(
      ({ name, word }) => !(files[name] ?? []).some((file) => readFileSync(file, "utf8").includes(word)),
    );
    assert.deepEqual(unknown, []);
  });

  it("explains every flag that switches something off or on without a path, port or name", () => {
    const plain = [...components, ...planeOf(realSettings)].flatMap(({ name, args }) =>
      args
        .filter((arg) => /^--[^=]+(=(true|false|none|[A-Z]+))?$/.test(arg))
        .map((arg) => ({ name, flag: arg.split("=")[0] ?? "" })),
    );
    const told = table("Flags, and why")
      .map(([, flags]) => flags)
      .join(" ");
    // Said of themselves.
    const plainWords = ["--allow-privileged", "--profiling"];
    assert.deepEqual(
      plain.filter(({ flag }) => !told.includes(flag) && !plainWords.includes(flag)),
      [],
    );
  });

  it("names the versions that suit, and those of the published plugins", () => {
    const versions = new Map(table("Tools").map(([name = "", version = ""]) => [name, version]));
    assert.equal(versions.get("pulumi"), TOOLS.pulumi.wanted);
    assert.equal(versions.get("etcd"), TOOLS.etcd.wanted);
    assert.equal(versions.get("kwok"), TOOLS.kwok.wanted);
    assert.equal(versions.get("the parts of the control plane"), TOOLS["kube-apiserver"].wanted);
    assert.equal(versions.get("kubelet, kube-proxy"), TOOLS.kubelet.wanted);
    assert.equal(versions.get("kubectl, helm"), `${TOOLS.kubectl.wanted}, ${TOOLS.helm.wanted}`);
    assert.ok(text.includes(`resource kubernetes ${VERSIONS.plugins.kubernetes}`));
    assert.ok(text.includes(`random ${VERSIONS.plugins.random}`));
    assert.ok(text.includes(`resource aws ${VERSIONS.plugins.aws}`));
    assert.ok(text.includes(`eks ${VERSIONS.plugins.eks}`));
  });

  it("says of a real node's pods what status says", () => {
    const [ways = ""] = REAL_LIMITS.filter((limit) => limit.startsWith("Pods")).map((limit) => limit.split(";")[0]);
    assert.ok(ways.length > 40);
    assert.ok(text.includes(`- ${ways}`));
  });

  it("lists files by the names that they have", () => {
    const names = new Set((Object.values(paths) as string[]).map((path) => path.slice(paths.folder.length + 1)));
    const listed = table("Files").map(([name = ""]) => name.replaceAll(/[`/]/g, ""));
    assert.deepEqual(
      listed.filter((name) => !names.has(name)),
      [],
    );
  });
});
