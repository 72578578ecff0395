import { requireIdentity, readUid, readVersion } from "../../cluster/identity.js";
import { CLUSTER_OUTPUT, parseFacts, type ClusterFacts } from "../../cluster/outputs.js";
import { UserError } from "../../errors.js";
import { KubeClient } from "../../kube/client.js";
import { checkSpace, freeBytes } from "../../sandbox/machine/disk.js";
import { clusterAccess } from "../cluster/access.js";
import { backendUrl } from "../engine/backend.js";
import type { Stacks } from "../engine/stacks.js";
import { useSandboxWhereNothingElse } from "../sandbox-defaults.js";
import { type Check, known } from "./check.js";
import { checkNodes } from "./cluster.js";
import { checkPartitions, checkSupport } from "./limits.js";
import { checkRights } from "./rights.js";
import { engineSource, nodeVersion, toolSource } from "./tools.js";

/** What checks find out for each other. */
export interface Facts {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly facts: ClusterFacts;
  readonly client: KubeClient;
}

type Writable = { -readonly [K in keyof Facts]?: Facts[K] };

export interface CheckOptions {
  /** Name of the cluster stack. */
  readonly cluster: string;
  readonly openStacks: () => Stacks;
  readonly signal: AbortSignal;
}

/** All that `doctor` looks at, in the order in which one thing needs another. */
export function checks(options: CheckOptions): readonly Check<Facts>[] {
  return [...toolChecks(), ...stackChecks(options), ...clusterChecks(options)];
}

const GIB = 1024 ** 3;

function toolChecks(): readonly Check<Facts>[] {
  return [
    { name: "node", needs: [], run: () => Promise.resolve(nodeVersion()) },
    {
      name: "pulumi",
      needs: [],
      run: () => {
        useSandboxWhereNothingElse();
        return engineSource();
      },
    },
    { name: "helm", needs: [], run: () => toolSource("helm") },
    { name: "kubectl", needs: [], run: () => toolSource("kubectl") },
    {
      name: "disk",
      needs: [],
      run: () => {
        const folder = process.cwd();
        checkSpace({ folder, bytes: GIB, purpose: "for charts and caches" });
        return Promise.resolve(`${Math.floor(freeBytes(folder) / GIB)} GiB free at ${folder}`);
      },
    },
  ];
}

function stackChecks({ cluster, openStacks }: CheckOptions): readonly Check<Facts>[] {
  return [
    {
      name: "backend",
      needs: ["pulumi"],
      async run(facts: Writable) {
        const stacks = openStacks();
        const [outputs, salt] = await Promise.all([stacks.outputs(cluster), stacks.salt(cluster)]);
        if (outputs !== undefined) facts.outputs = outputs;
        if (salt !== undefined) await stacks.checkPassphrase(cluster, salt);
        return salt === undefined ? `${backendUrl()} answers` : `${backendUrl()} answers, and its passphrase is right`;
      },
    },
    {
      name: "cluster stack",
      needs: ["backend"],
      run(facts: Writable) {
        if (facts.outputs === undefined) {
          throw new UserError(`there is no stack ${cluster} in the backend`, {
            hint: `apply it (pulumi up --stack ${cluster}), or start the sandbox: ed8kctl sandbox up`,
          });
        }
        facts.facts = parseFacts(cluster, facts.outputs[CLUSTER_OUTPUT]);
        return Promise.resolve(`${cluster} was applied, for Kubernetes ${facts.facts.kubernetesVersion}`);
      },
    },
    { name: "Kafka", needs: ["cluster stack"], run: (facts) => checkPartitions(known(facts.facts)) },
  ];
}

function clusterChecks({ signal }: CheckOptions): readonly Check<Facts>[] {
  return [
    {
      name: "kubeconfig",
      needs: ["cluster stack"],
      run(facts: Writable) {
        facts.client = new KubeClient(clusterAccess(known(facts.facts)));
        return Promise.resolve(`has the context ${facts.client.access.context}`);
      },
    },
    {
      name: "cluster",
      needs: ["kubeconfig"],
      async run(facts) {
        const uid = await readUid(known(facts.client));
        requireIdentity(known(facts.facts), uid);
        return `answers at ${known(facts.client).access.server}, and is the recorded one (${uid})`;
      },
    },
    {
      name: "support",
      needs: ["cluster"],
      async run(facts) {
        if (known(facts.facts).aws === undefined) return undefined;
        const version = await readVersion(known(facts.client));
        return checkSupport(known(facts.facts), { version, now: new Date() });
      },
    },
    { name: "rights", needs: ["cluster"], run: (facts) => checkRights(known(facts.client), signal) },
    { name: "nodes", needs: ["cluster"], run: (facts) => checkNodes(known(facts.client), signal) },
  ];
}
