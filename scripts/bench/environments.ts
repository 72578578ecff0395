import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadAccess } from "../../kube/access.js";
import { KubeClient } from "../../kube/client.js";
import { ANNOTATIONS, LABELS } from "../../naming.js";
import { countRequests } from "./counting-proxy.js";
import { run } from "./run.js";

const COUNT = 500;
const AT_ONCE = 32;
const CONTEXT = "ed8k-sandbox";

/** How long `ed8kctl list --all` takes with 500 environments, and how often it asks the API server. */
export async function measureList(
  ed8kctl: readonly [string, string],
  folder: string,
): Promise<{ readonly seconds: number; readonly requests: number }> {
  const access = loadAccess({ context: CONTEXT });
  const client = new KubeClient(access);
  const uid = (await client.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" })).metadata.uid;
  const names = Array.from({ length: COUNT }, (_, index) => `dev${index}`);
  for (let from = 0; from < COUNT; from += AT_ONCE) {
    await Promise.all(names.slice(from, from + AT_ONCE).map((name) => client.create(namespace(name, uid))));
  }
  const proxy = await countRequests(access);
  const kubeconfig = process.env["KUBECONFIG"];
  try {
    process.env["KUBECONFIG"] = writeKubeconfig(folder, proxy.url);
    const [file, script] = ed8kctl;
    const { seconds, stdout } = await run(file, [script, "list", "--all", "--json"]);
    const listed = (JSON.parse(stdout) as { environments: unknown[] }).environments.length;
    if (listed < COUNT) throw new Error(`list told ${listed} of ${COUNT} environments`);
    return { seconds, requests: proxy.requests.length };
  } finally {
    proxy.close();
    client.close();
    process.env["KUBECONFIG"] = kubeconfig;
  }
}

function namespace(name: string, uid: string) {
  const services = Array.from({ length: 10 }, (_, index) => ({
    name: `service-${index}`,
    version: "1.2.3",
    hosts: [`service-${index}--${name}.dev.example.com`],
  }));
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: { [LABELS.managed]: "true", [LABELS.env]: name, [LABELS.owner]: name },
      annotations: {
        [ANNOTATIONS.profile]: "full",
        [ANNOTATIONS.size]: "m",
        [ANNOTATIONS.cluster]: uid,
        [ANNOTATIONS.summary]: JSON.stringify({ services, claims: [] }),
      },
    },
  };
}

function writeKubeconfig(folder: string, server: string): string {
  const file = join(folder, "counted.kubeconfig");
  const content = {
    apiVersion: "v1",
    kind: "Config",
    contexts: [{ name: CONTEXT, context: { cluster: CONTEXT, user: CONTEXT } }],
    clusters: [{ name: CONTEXT, cluster: { server } }],
    users: [{ name: CONTEXT, user: {} }],
  };
  writeFileSync(file, stringify(content));
  return file;
}
