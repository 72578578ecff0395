import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { linkTools } from "../../../sandbox/engine/commands.js";
import { join } from "node:path";
import { sandboxPaths } from "../../../sandbox/paths.js";
import { writeSettings } from "../../../sandbox/records/settings.js";
import { sandboxEnvironment, shellLines, unsetBeside } from "../../../sandbox/shell.js";
import { cleanUp, program, scratchFolder } from "./scratch.js";

const TOOLS = { etcd: "", "kube-apiserver": "", "kube-controller-manager": "", "kube-scheduler": "", kwok: "" };

describe("the sandbox's shell", () => {
  afterEach(cleanUp);

  it("is refused with exit code 3 when there is no sandbox", () => {
    const folder = join(scratchFolder(), "none");
    assert.throws(() => sandboxEnvironment({ ED8K_SANDBOX: folder }), {
      message: `there is no sandbox in ${folder}`,
      exit: "notFound",
      hint: "make one: ed8kctl sandbox up",
    });
  });

  it("has these variables, and no secret in them", () => {
    const folder = scratchFolder();
    const paths = sandboxPaths(folder);
    const pulumi = program(join(folder, "tool"), "");
    linkTools({ pulumi, kubectl: pulumi, helm: pulumi }, paths);
    writeSettings(paths, { basePort: 20000, nodes: { real: false, simulated: 3, reason: "so" }, tools: TOOLS });
    const env = { ED8K_SANDBOX: folder, HOME: "/home/x", PATH: "/usr/bin:/bin" };
    const expected = {
      PATH: `${folder}/bin:/usr/bin:/bin`,
      KUBECONFIG: `${folder}/kubeconfig`,
      KUBECACHEDIR: `${folder}/clients/kubectl`,
      HELM_CACHE_HOME: `${folder}/clients/helm`,
      PULUMI_HOME: `${folder}/pulumi`,
      PULUMI_BACKEND_URL: `file://${folder}/backend`,
      PULUMI_CONFIG_PASSPHRASE_FILE: `${folder}/passphrase`,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      ED8K_SANDBOX: folder,
      ED8K_SANDBOX_PORT: "20000",
    };
    assert.deepEqual(sandboxEnvironment(env), expected);
    assert.deepEqual(sandboxEnvironment({ ...env, ...expected }), expected, "evaluated twice");
  });

  it("has AWS where the sandbox plays it: the front's address, and the file with the key, which is in no variable", () => {
    const folder = scratchFolder();
    const paths = sandboxPaths(folder);
    const pulumi = program(join(folder, "tool"), "");
    linkTools({ pulumi, kubectl: pulumi, helm: pulumi }, paths);
    const nodes = { real: false, simulated: 3, reason: "so" };
    const aws = { python: "", packages: "", charts: "/cache/charts", missingCharts: [] };
    writeSettings(paths, { basePort: 20000, nodes, tools: TOOLS, aws });
    const environment = sandboxEnvironment({ ED8K_SANDBOX: folder, HOME: "/home/x", PATH: "/bin" });
    const added = Object.entries(environment).filter(([name]) => name.startsWith("AWS_") || name === "ED8K_CHARTS");
    assert.deepEqual(Object.fromEntries(added), {
      AWS_ENDPOINT_URL: "http://127.0.0.1:20002",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_SHARED_CREDENTIALS_FILE: `${folder}/aws/credentials`,
      AWS_CONFIG_FILE: `${folder}/aws/config`,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ED8K_CHARTS: "/cache/charts",
    });
    const env = { AWS_ENDPOINT_URL_STS: "https://sts.example", AWS_ENDPOINT_URL: "", AWS_ENDPOINT_URL_EC2: "" };
    assert.deepEqual(unsetBeside(environment, env), [
      "PULUMI_CONFIG_PASSPHRASE",
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
      "AWS_CREDENTIAL_EXPIRATION",
      "AWS_PROFILE",
      "AWS_DEFAULT_PROFILE",
      "AWS_ROLE_ARN",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
      "AWS_ENDPOINT_URL_EC2",
      "AWS_ENDPOINT_URL_STS",
    ]);
  });

  it("is what a POSIX shell takes from the lines, whatever is in the values", () => {
    const lines = shellLines({ PATH: "/bin:/usr/bin", ED8K_SANDBOX: "/tmp/it's a $HOME" });
    const script = `${lines}\nprintf '%s|%s' "$ED8K_SANDBOX" "\${PULUMI_CONFIG_PASSPHRASE-unset}"`;
    const env = { PULUMI_CONFIG_PASSPHRASE: "goes before the file" };
    assert.equal(execFileSync("/bin/sh", ["-c", script], { env, encoding: "utf8" }), "/tmp/it's a $HOME|unset");
  });
});
