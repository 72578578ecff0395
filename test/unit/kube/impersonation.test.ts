import assert from "node:assert/strict";
import { KubeClient } from "../../../kube/client.js";
import { FakeApiServer } from "./fake-api-server.js";

const CONFIG_MAP = { apiVersion: "v1", kind: "ConfigMap" };

describe("acting as somebody else", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
  });
  afterEach(() => server.stop());

  it("names user and groups in every request, on the sockets and kinds of the first client", async () => {
    const client = server.client();
    await client.list(CONFIG_MAP);
    await client.impersonating("ed8k:alice", ["ed8k:developers", "system:authenticated"]).list(CONFIG_MAP);
    const [, own, other] = server.requests;
    assert.equal(own?.headers["impersonate-user"], undefined);
    assert.equal(other?.headers["impersonate-user"], "ed8k:alice");
    assert.equal(other.headers["impersonate-group"], "ed8k:developers, system:authenticated");
    assert.equal(server.requests.length, 3);
  });

  it("begins in the kubeconfig, and is put aside by acting as another", async () => {
    const { access } = server.client();
    const impersonate = { user: "ed8k:zoe", uid: "7", groups: ["ed8k:developers"] };
    const client = new KubeClient({ ...access, user: { ...access.user, impersonate } });
    await client.list(CONFIG_MAP);
    await client.impersonating("ed8k:bob").list(CONFIG_MAP);
    client.close();
    const names = ["user", "uid", "group"].map((part) => `impersonate-${part}`);
    assert.deepEqual(
      server.requests.slice(-2).map(({ headers }) => names.map((name) => headers[name])),
      [
        ["ed8k:zoe", "7", "ed8k:developers"],
        ["ed8k:bob", undefined, undefined],
      ],
    );
  });

  it("is possible without a group", async () => {
    await server.client().impersonating("ed8k:alice").list(CONFIG_MAP);
    assert.equal(server.requests.at(-1)?.headers["impersonate-group"], undefined);
  });
});
