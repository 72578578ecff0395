import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { parse, stringify } from "yaml";
import { SMALL_CHART } from "./charts/small-chart.js";
import { serviceYaml, writeCatalogue } from "./charts/write-catalogue.js";
import { finished, OwnCluster } from "./own-cluster.js";
import { PlainProject } from "./plain-project.js";

/** In the environment of every command. */
const VARIABLES = {
  AWS_SECRET_ACCESS_KEY: "canary-of-the-aws-key-7d1f",
  PULUMI_ACCESS_TOKEN: "canary-of-the-pulumi-token-7d1f",
} as const;
/** The token of a user of the kubeconfig. */
const TOKEN = "canary-of-the-kubeconfig-7d1f";
/** In the values of a chart that renders it into a Secret. */
const RENDERED = "canary-of-the-chart-7d1f";

const SERVICE = serviceYaml("web", {
  resources: { db: { type: "postgres" }, cache: { type: "redis" } },
  variables: { DATABASE_URL: "postgres://${resources.db.username}:${resources.db.password}@${resources.db.host}" },
});

/** What everybody may read: it must hold none of the secrets, neither plain nor in base64. */
interface Readable {
  readonly where: string;
  readonly text: string;
}

describe("a canary in every input that may carry a secret", () => {
  const cluster = new OwnCluster();
  const { scratch, paths } = cluster.sandbox;
  const readable: Readable[] = [];
  const secrets = new Map<string, string>([
    ...Object.entries(VARIABLES),
    ["kubeconfig token", TOKEN],
    ["rendered Secret", RENDERED],
  ]);
  let project: PlainProject;
  let words: readonly string[];

  before(async () => {
    await cluster.start();
    addUser(paths.kubeconfig);
    secrets.set("passphrase", readFileSync(paths.passphrase, "utf8").trim());
    project = new PlainProject(cluster);
    const chart = { ...SMALL_CHART, "values.yaml": `token: ${RENDERED}\n`, "ed8k.yaml": SERVICE };
    words = ["--catalogue", writeCatalogue(join(scratch, "charts"), { web: chart }, ["web"])];
  });
  after(() => cluster.remove());

  /** Runs `ed8kctl` as somebody whose environment holds secrets, and keeps all that it prints. */
  async function run(...line: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await cluster.ed8kctlWith(VARIABLES, ...line);
    readable.push({ where: `ed8kctl ${line.join(" ")}`, text: `${stdout}${stderr}` });
    assert.equal(code, 0, `${line.join(" ")}: ${stderr}`);
    return stdout;
  }

  function keepFiles(folder: string, where: string): void {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      const file = join(folder, name);
      if (statSync(file).isFile()) readable.push({ where: `${where}: ${name}`, text: readFileSync(file, "utf8") });
    }
  }

  it("is put into the cluster by create, while every process's command line is looked at", async () => {
    const child = cluster.spawn(["create", "alice", ...words], VARIABLES);
    const ended = finished(child);
    const lines = new Set<string>();
    while (child.exitCode === null) {
      for (const line of commandLines()) lines.add(line);
      await pause(20);
    }
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 0, stderr);
    readable.push({ where: "ed8kctl create", text: `${stdout}${stderr}` });
    readable.push({ where: "process list", text: [...lines].join("\n") });
    assert.equal(
      [...lines].some((line) => line.includes("pulumi up")),
      true,
    );
    const secret = async (name: string): Promise<Record<string, string>> => {
      const { data } = await cluster.client.get({ apiVersion: "v1", kind: "Secret", name, namespace: "alice" });
      return data as Record<string, string>;
    };
    assert.equal((await secret("token"))["token"], base64(RENDERED));
    const password = Buffer.from((await secret("web--db"))["password"] ?? "", "base64").toString();
    assert.equal(password.length, 24);
    secrets.set("password of the database", password);
    assert.match(
      Buffer.from((await secret("web-bindings"))["DATABASE_URL"] ?? "", "base64").toString(),
      new RegExp(password),
    );
  });

  it("is looked for in what all verbs print", async () => {
    const other = ["--size", "l", ...words];
    await run("create", "alice");
    for (const verb of ["plan", "diff", "render"]) {
      for (const more of [[], ["--json"]]) await run(verb, "alice", ...more);
      await run(verb, "bob", ...other);
    }
    for (const line of [
      "show alice",
      "show alice --json",
      "list --all --json",
      "logs alice",
      "doctor",
      "doctor --json",
    ])
      await run(...line.split(" "));
    for (const line of ["sandbox status", "sandbox status --json", "sandbox env"]) await run(...line.split(" "));
    // The look itself would be worthless if these did not show the Secrets at all.
    assert.match(await run("render", "alice"), /kind: Secret\n/);
    await assert.rejects(run("create", "alice", "--start", "nothing", "--json"), /nothing.* is no service/);
  });

  it("is looked for in outputs, state, logs and events", async () => {
    for (const line of ["stack output --stack alice", "stack export --stack alice", "stack history --stack alice"]) {
      const { code, stdout, stderr } = await project.pulumiWith(VARIABLES, ...line.split(" "));
      assert.equal(code, 0, stderr);
      readable.push({ where: `pulumi ${line}`, text: `${stdout}${stderr}` });
    }
    keepFiles(paths.backend, "backend");
    keepFiles(paths.pulumiHome, "pulumi's folder");
    keepFiles(paths.logs, "sandbox logs");
    const { items } = await cluster.client.list({ apiVersion: "v1", kind: "Event" });
    readable.push({ where: "events", text: JSON.stringify(items) });
    const objects = [...(await cluster.objectsIn("alice")).values()].filter(({ kind }) => kind !== "Secret");
    readable.push({ where: "objects other than Secrets", text: JSON.stringify(objects) });
  });

  it("is nowhere", () => {
    assert.equal(secrets.size, 6);
    const found = readable.flatMap(({ where, text }) =>
      [...secrets].filter(([, secret]) => holds(text, secret)).map(([name]) => `${where} tells the ${name}`),
    );
    assert.deepEqual(found, []);
  });

  it("is found by the same look where it must be: in the Secrets themselves", async () => {
    const { items } = await cluster.client.list({ apiVersion: "v1", kind: "Secret", namespace: "alice" });
    const text = JSON.stringify(items);
    assert.deepEqual(
      ["rendered Secret", "password of the database"].map((name) => holds(text, secrets.get(name) ?? "")),
      [true, true],
    );
  });
});

/** Another user with a token, as kubeconfig files of people have many. */
function addUser(file: string): void {
  const { users, ...rest } = parse(readFileSync(file, "utf8")) as { users: object[] };
  writeFileSync(file, stringify({ ...rest, users: [...users, { name: "somebody", user: { token: TOKEN } }] }));
}

function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return readFileSync(join("/proc", pid, "cmdline"), "utf8").replaceAll("\0", " ");
      } catch {
        // It has ended in between.
        return [];
      }
    });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function holds(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(base64(secret));
}
