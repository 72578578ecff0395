import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { linkedPulumi, linkTools, quote, writeCommands } from "../../../../sandbox/engine/commands.js";
import { findPlugins, linkPublished } from "../../../../sandbox/engine/plugins.js";
import { type SandboxPaths, sandboxPaths } from "../../../../sandbox/paths.js";
import { VERSIONS } from "../../../../versions.js";
import { cleanUp, program, scratchFolder } from "../scratch.js";

describe("the engine's plugins", () => {
  let home: string;
  let paths: SandboxPaths;
  let pulumi: string;

  beforeEach(() => {
    home = scratchFolder();
    paths = sandboxPaths(join(home, "sandbox"));
    pulumi = program(join(home, "pulumi-cli", "pulumi"), "");
  });
  afterEach(cleanUp);

  function sources(env: NodeJS.ProcessEnv = { HOME: home, PATH: "" }): Record<string, string> {
    const plugins = findPlugins({ paths, pulumi, env });
    return Object.fromEntries(plugins.map(({ name, source, version = "" }) => [name, `${source} ${version}`.trim()]));
  }

  function install(version: string = VERSIONS.plugins.kubernetes, pulumiHome = ".pulumi"): string {
    const folder = join(home, pulumiHome, "plugins", `resource-kubernetes-v${version}`);
    return program(join(folder, "pulumi-resource-kubernetes"), "");
  }

  it("are stand-ins where nothing is installed, or another version", () => {
    install("4.0.0");
    assert.deepEqual(sources(), { kubernetes: "stand-in", random: "stand-in", nodejs: "stand-in" });
  });

  it("are for AWS as well where the sandbox plays it", () => {
    const plugins = findPlugins({ paths, pulumi, env: { HOME: home, PATH: "" }, hasAws: true });
    assert.deepEqual(
      plugins.map(({ name, entryPoint }) => [name, entryPoint]),
      [
        ["kubernetes", "sandbox/providers/kubernetes/main.js"],
        ["random", "sandbox/providers/random/main.js"],
        ["aws", "sandbox/providers/aws/main.js"],
        ["eks", "sandbox/providers/eks/main.js"],
        ["nodejs", "sandbox/language-host/main.js"],
      ],
    );
  });

  it("are the published ones where they are installed", () => {
    install();
    program(join(home, "pulumi-cli", "pulumi-language-nodejs"), "");
    const published = `published ${VERSIONS.plugins.kubernetes}`;
    assert.deepEqual(sources(), { kubernetes: published, random: "stand-in", nodejs: "published" });
  });

  it("are looked for in PULUMI_HOME, unless that is the sandbox's own", () => {
    install(VERSIONS.plugins.kubernetes, "elsewhere");
    const published = `published ${VERSIONS.plugins.kubernetes}`;
    const env = { HOME: home, PATH: "", PULUMI_HOME: join(home, "elsewhere") };
    assert.equal(sources(env)["kubernetes"], published);
    assert.equal(sources({ ...env, PULUMI_HOME: paths.pulumiHome })["kubernetes"], "stand-in");
  });

  it("are not those that the engine has not finished downloading", () => {
    mkdirSync(`${join(install(), "..")}.partial`);
    assert.equal(sources()["kubernetes"], "stand-in");
  });

  it("take a language host from PATH, but not the sandbox's own", () => {
    program(join(paths.bin, "pulumi-language-nodejs"), "");
    assert.equal(sources({ HOME: home, PATH: paths.bin })["nodejs"], "stand-in");
    program(join(home, "bin", "pulumi-language-nodejs"), "");
    assert.equal(sources({ HOME: home, PATH: `${paths.bin}:${join(home, "bin")}` })["nodejs"], "published");
  });

  it("are linked as files in a real folder, because the engine passes over folders that are links", () => {
    const file = install();
    const plugins = findPlugins({ paths, pulumi, env: { HOME: home, PATH: "" } });
    linkPublished(plugins, paths);
    linkPublished(plugins, paths);
    const folder = join(paths.pulumiHome, "plugins", `resource-kubernetes-v${VERSIONS.plugins.kubernetes}`);
    assert.equal(lstatSync(folder).isDirectory(), true);
    assert.equal(realpathSync(join(folder, "pulumi-resource-kubernetes")), realpathSync(file));
  });

  it("have a command for each stand-in, and none where the published one is installed by now", () => {
    linkTools({ pulumi, kubectl: pulumi, helm: pulumi }, paths);
    writeCommands(findPlugins({ paths, pulumi, env: { HOME: home, PATH: "" } }), paths);
    const tools = ["ed8kctl", "helm", "kubectl", "pulumi", "pulumi-language-nodejs"];
    assert.deepEqual(readdirSync(paths.bin).sort(), [...tools, "pulumi-resource-kubernetes", "pulumi-resource-random"]);
    install();
    writeCommands(findPlugins({ paths, pulumi, env: { HOME: home, PATH: "" } }), paths);
    assert.deepEqual(readdirSync(paths.bin).sort(), [...tools, "pulumi-resource-random"]);
    assert.equal(linkedPulumi(paths), realpathSync(pulumi));
  });
});

describe("quoting for the shell", () => {
  for (const text of ["plain", "two words", "it's", '$HOME `id` \\ " *', "line\nbreak", ""]) {
    it(`keeps ${JSON.stringify(text)}`, () => {
      assert.equal(execFileSync("/bin/sh", ["-c", `printf %s ${quote(text)}`], { encoding: "utf8" }), text);
    });
  }
});
