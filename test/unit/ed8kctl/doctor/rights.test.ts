import assert from "node:assert/strict";
import { checkRights } from "../../../../ed8kctl/doctor/rights.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { environmentNamespace } from "../live/objects.js";
import { cleanUp, setEnv } from "../../sandbox/scratch.js";

const signal = new AbortController().signal;

describe("the rights that doctor asks for", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    setEnv({ ED8K_USER: "alice" });
  });
  afterEach(async () => {
    await server.stop();
    cleanUp();
  });

  /** A client that may do what `allowed` says, and what it was asked. */
  function asking(allowed: (attributes: string) => boolean) {
    const asked: string[] = [];
    const client = server.client();
    return {
      asked,
      list: client.list.bind(client),
      request(_method: string, _path: string, { body }: { body?: unknown } = {}) {
        const { spec } = body as { spec: { resourceAttributes: Record<string, string> } };
        const { verb = "", resource = "", group = "", namespace = "-", name = "" } = spec.resourceAttributes;
        asked.push(`${verb} ${group}/${resource} ${namespace} ${name}`.trim());
        return Promise.resolve({ status: { allowed: allowed(`${verb} ${resource} ${namespace}`) } });
      },
    };
  }

  it("are those of create and destroy", async () => {
    const client = asking(() => true);
    assert.equal(await checkRights(client, signal), "you may list, create and destroy environments");
    assert.deepEqual(client.asked, [
      "list /namespaces -",
      "list /pods -",
      "create /namespaces -",
      "patch /namespaces -",
      "create /resourcequotas -",
      "patch /resourcequotas -",
      "create /limitranges -",
      "patch /limitranges -",
      "create networking.k8s.io/networkpolicies -",
      "patch networking.k8s.io/networkpolicies -",
      "create rbac.authorization.k8s.io/rolebindings -",
      "patch rbac.authorization.k8s.io/rolebindings -",
      "bind rbac.authorization.k8s.io/clusterroles - ed8k:editor",
      "delete /namespaces -",
      "create batch/jobs ed8k-shared",
      "delete batch/jobs ed8k-shared",
    ]);
  });

  it("are looked at in the environments of whoever is named by an e-mail address", async () => {
    setEnv({ ED8K_USER: "ann.lee@example.com" });
    server.put(environmentNamespace("ann", "ann.lee..example.com"));
    assert.match(
      await checkRights(
        asking(() => true),
        signal,
      ),
      / and work in ann$/,
    );
  });

  it("are those in an environment of one's own too", async () => {
    for (const name of ["bob", "alice"]) server.put(environmentNamespace(name, name));
    const client = asking(() => true);
    assert.equal(await checkRights(client, signal), "you may list, create and destroy environments, and work in alice");
    assert.deepEqual(
      client.asked.filter((right) => right.includes("secrets")),
      ["create /secrets alice", "patch /secrets alice", "delete /secrets alice"],
    );
  });

  it("are named when they are missing", async () => {
    server.put(environmentNamespace("alice", "alice"));
    const hint = "ask the platform team for access; docs/cluster.md tells the groups";
    await assert.rejects(
      checkRights(
        asking((right) => !/^create namespaces|jobs/.test(right)),
        signal,
      ),
      {
        message:
          "you may not create namespaces (for create), create jobs in ed8k-shared (for destroy), delete jobs in ed8k-shared (for destroy)",
        hint,
      },
    );
    await assert.rejects(
      checkRights(
        asking((right) => right !== "patch secrets alice"),
        signal,
      ),
      { message: "you may not patch secrets in alice (for create, start and stop)", hint },
    );
  });
});
