import * as pulumi from "@pulumi/pulumi";
import assert from "node:assert/strict";
import { join } from "node:path";
import type { ClusterFacts } from "../../cluster/outputs.js";
import { stackProgram } from "../../program.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { EKS_FACTS } from "./ed8kctl/cluster/fixtures.js";
import { BACKEND, ownCatalogue, ownNamespace } from "./ed8kctl/environment/fixtures.js";
import { environmentNamespace, live } from "./ed8kctl/live/objects.js";
import { ownCluster, useKubeconfig } from "./ed8kctl/own-machine.js";
import type { FakeApiServer } from "./kube/fake-api-server.js";
import { cleanUp, errorOf, setEnv } from "./sandbox/scratch.js";

interface Ran {
  readonly outputs: Readonly<Record<string, unknown>>;
  /** `type name`, in order of registration. */
  readonly resources: readonly string[];
}

describe("the program of every stack", () => {
  let server: FakeApiServer;
  let facts: ClusterFacts;
  let registered: string[];
  beforeEach(async () => {
    ({ server, facts } = await ownCluster());
    server.fail({ when: ({ path }) => path === "/version", times: 99, answer: 200, body: { gitVersion: "v1.36.3" } });
    useKubeconfig({ company: server });
    setEnv({ PULUMI_BACKEND_URL: BACKEND, PULUMI_CONFIG_SECRET_KEYS: undefined });
  });
  afterEach(async () => {
    pulumi.runtime.setAllConfig({});
    await server.stop();
    cleanUp();
  });

  async function run(stack: string, config: Readonly<Record<string, string>>): Promise<Ran> {
    registered = [];
    await pulumi.runtime.setMocks(
      {
        newResource({ type, name, inputs }) {
          registered.push(`${type} ${name}`);
          const outputs = { outputs: { cluster: facts }, secretOutputNames: [] };
          return { id: `${name}-id`, state: type === "pulumi:pulumi:StackReference" ? outputs : (inputs as object) };
        },
        call({ token }) {
          throw new Error(`unexpected call: ${token}`);
        },
      },
      "ed8k",
      stack,
      false,
      "organization",
    );
    pulumi.runtime.setAllConfig(config);
    const outputs = await stackProgram(checkoutRoot());
    await pulumi.runtime.disconnect();
    return { outputs, resources: registered };
  }

  /** What the engine prints: message and hint, without a stack. */
  async function refused(stack: string, config: Readonly<Record<string, string>>): Promise<string> {
    const error = await errorOf(() => run(stack, config));
    assert(pulumi.RunError.isInstance(error), error.stack);
    assert.equal(error.stack, "");
    return error.message;
  }

  it("looks at the cluster of a cluster stack and tells environments of it", async () => {
    const { outputs, resources } = await run("dev", { "ed8k:kind": "cluster", "ed8k:context": "company" });
    assert.deepEqual(outputs, {
      cluster: { ...facts, kafkaBootstrap: "kafka.ed8k-shared.svc.cluster.local:9092" },
    });
    assert.deepEqual(resources.slice(0, 2), ["ed8k:cluster:Cluster dev", "pulumi:providers:kubernetes cluster"]);
  });

  it("makes an environment on the cluster that its stack refers to", async () => {
    const { outputs, resources } = await run("alice", { "ed8k:catalogue": ownCatalogue() });
    assert.deepEqual(outputs, {
      environment: { name: "alice", clusterUid: facts.uid, services: [{ name: "web", version: "1.0.0" }], hosts: [] },
    });
    assert.equal(resources[0], "pulumi:pulumi:StackReference organization/ed8k/dev");
    assert.ok(resources.includes("kubernetes:core/v1:ConfigMap web/ConfigMap/web"), String(resources));
  });

  it("refers to the cluster stack that the config names, in the same organisation", async () => {
    const { resources } = await run("alice", { "ed8k:catalogue": ownCatalogue(), "ed8k:cluster": "second" });
    assert.equal(resources[0], "pulumi:pulumi:StackReference organization/ed8k/second");
  });

  it("tells what is wrong with the config and what to do, and registers nothing", async () => {
    assert.equal(
      await refused("alice", { "ed8k:sise": "l" }),
      "config of alice: ed8k:sise: is no key of the config; there are cluster, catalogue, profile, start, stop, size, owner, collaborators, versions, values\n  hint: did you mean ed8k:size?",
    );
    assert.deepEqual(registered, []);
  });

  it("takes no secret config of ours, and leaves that of others alone", async () => {
    setEnv({ PULUMI_CONFIG_SECRET_KEYS: '["aws:token","ed8k:values","ed8k:gone"]' });
    const config = { "aws:token": "canary", "ed8k:values": '{"web":{"password":"canary"}}' };
    const message = await refused("alice", config);
    assert.equal(
      message,
      "config of alice: ed8k:values is encrypted, but ED8K's config holds no secrets\n  hint: pulumi config rm ed8k:values; services get secrets through their claims",
    );
    setEnv({ PULUMI_CONFIG_SECRET_KEYS: '["aws:token"]' });
    await run("alice", { "aws:token": "canary", "ed8k:catalogue": ownCatalogue() });
  });

  it("makes nothing on another cluster than the one that was recorded", async () => {
    facts = { ...facts, uid: "another" };
    assert.match(
      await refused("alice", {}),
      /^context "company" leads to another cluster .*\n {2}hint: point the context/,
    );
    assert.deepEqual(registered, ["pulumi:pulumi:StackReference organization/ed8k/dev"]);
  });

  it("names the command that leads to a cluster on AWS, where the kubeconfig has no context of it", async () => {
    facts = { ...EKS_FACTS, uid: facts.uid };
    assert.match(
      await refused("alice", { "ed8k:catalogue": ownCatalogue() }),
      /"ed8k-dev".*\n {2}hint: ed8kctl cluster kubeconfig dev writes the context ed8k-dev$/,
    );
    assert.deepEqual(registered, ["pulumi:pulumi:StackReference organization/ed8k/dev"]);
  });

  it("makes nothing in a namespace that is somebody else's", async () => {
    server.put(live("Namespace payments"));
    server.put(ownNamespace("alice", { annotations: { "ed8k.dev/backend": "s3://theirs" } }));
    assert.match(await refused("payments", {}), /^the cluster has a namespace payments that is no environment/);
    assert.match(await refused("alice", {}), /^the environment alice is kept in the backend s3:\/\/theirs/);
  });

  it("makes no more environments for an owner than the cluster allows, but changes those that there are", async () => {
    const names = Array.from({ length: facts.environmentsPerOwner }, (_, index) => `pair${index + 1}`);
    for (const name of names) server.put(environmentNamespace(name, "bob"));
    const config = { "ed8k:catalogue": ownCatalogue(), "ed8k:owner": "bob" };
    assert.equal(
      await refused("alice", config),
      `bob has ${names.length} environments, and ${names.length} are allowed: ${names.join(", ")}\n  hint: remove one first: ed8kctl destroy pair1`,
    );
    assert.deepEqual(registered, ["pulumi:pulumi:StackReference organization/ed8k/dev"]);
    server.put(ownNamespace("alice"));
    const { resources } = await run("alice", config);
    assert.ok(resources.includes("kubernetes:core/v1:ConfigMap web/ConfigMap/web"), String(resources));
  });

  it("says that the cluster stack was never applied", async () => {
    facts = undefined as unknown as ClusterFacts;
    assert.equal(await refused("alice", {}), "the cluster stack dev was never applied\n  hint: pulumi up --stack dev");
  });

  it("leaves faults of its own as they are", async () => {
    const error = await errorOf(() => run("alice", { "ed8k:catalogue": join("services", "none.yaml") }));
    assert.equal(pulumi.RunError.isInstance(error), true);
    server.fail({ when: ({ path }) => path.endsWith("/kube-system"), answer: 500 });
    assert.equal((await errorOf(() => run("alice", {}))).name, "KubeError");
  });
});
