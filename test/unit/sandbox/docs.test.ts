import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { controlPlane } from "../../../sandbox/control-plane/components.js";
import { containerd } from "../../../sandbox/nodes/real/programs/containerd.js";
import { kubelet } from "../../../sandbox/nodes/real/programs/kubelet.js";
import { firstProcess } from "../../../sandbox/nodes/real/namespaces.js";
import { dns, kubeProxy } from "../../../sandbox/nodes/real/programs/service-programs.js";
import { kwok } from "../../../sandbox/nodes/simulated.js";
import { checkoutRoot, sandboxPaths } from "../../../sandbox/paths.js";
import { PARTS } from "../../../sandbox/parts.js";
import { basePort, sandboxPorts } from "../../../sandbox/ports.js";
import type { Settings } from "../../../sandbox/records/settings.js";
import type { Component } from "../../../sandbox/supervision/component.js";
import { TOOLS } from "../../../sandbox/tools/table.js";
import { VERSIONS } from "../../../versions.js";
import { NODE } from "./nodes/real/node-programs.js";

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

describe("docs/sandbox.md", () => {
  const tools = Object.fromEntries(
    ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"].map((name) => [name, `/t/${name}`]),
  ) as Settings["tools"];
  const settings: Settings = { basePort: basePort({}), nodes: { real: false, simulated: 3, reason: "so" }, tools };
  const paths = sandboxPaths("/s");
  const plane = controlPlane(settings, paths);
  const components = [
    plane.etcd,
    plane.apiServer,
    plane.controllerManager,
    plane.scheduler,
    kwok(settings, paths, () => Promise.resolve()),
  ];

  it("draws the programs that run, with their ports on loopback (sandbox/parts.ts)", () => {
    const inNode = [
      firstProcess(paths, NODE),
      containerd({ paths, basePort: settings.basePort, node: NODE }),
      kubelet(paths, NODE),
      kubeProxy(paths, NODE),
      dns(paths, NODE),
    ];
    const ports: Readonly<Record<string, number>> = sandboxPorts(settings.basePort);
    const programs = PARTS.filter(({ runs }) => runs !== "job of the supervisor");
    assert.deepEqual(
      programs.map(({ name, port }) => [name, port === undefined ? undefined : ports[port]]),
      [...components, ...inNode].map((component) => [component.name, portOf(component)]),
    );
  });

  it("explains only flags that are set", () => {
    const explained = table("Flags, and why").flatMap(([name = "", flags = ""]) =>
      [...flags.matchAll(/`([^`]+)`/g)].map(([, flag = ""]) => ({ name, flag })),
    );
    const unknown = explained.filter(({ name, flag }) => {
      const args = components.find((component) => component.name === name)?.args ?? [];
      return !args.some((arg) => (flag.startsWith("--") ? arg.startsWith(flag) : arg.includes(flag)));
    });
    assert.ok(explained.length > 10);
    assert.deepEqual(unknown, []);
  });

  it("explains every flag that switches something off or on without a path, port or name", () => {
    const plain = components.flatMap(({ name, args }) =>
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
    assert.equal(versions.get("kubectl, helm"), `${TOOLS.kubectl.wanted}, ${TOOLS.helm.wanted}`);
    assert.ok(text.includes(`resource kubernetes ${VERSIONS.plugins.kubernetes}`));
    assert.ok(text.includes(`random ${VERSIONS.plugins.random}`));
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
