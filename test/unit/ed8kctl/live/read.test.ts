import assert from "node:assert/strict";
import { findEnvironment, readEnvironment } from "../../../../ed8kctl/live/read.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { FACTS } from "./facts.js";
import { environmentNamespace, live } from "./objects.js";

describe("reading one environment", () => {
  let server: FakeApiServer;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    server.put(environmentNamespace("alice", "alice"));
  });
  afterEach(() => server.stop());

  const target = () => {
    const { uid } = server.put(live("Namespace kube-system")).metadata;
    return { client: server.client(), facts: { ...FACTS, uid, ingressPort: 16_448 } };
  };
  const pod = (name: string, namespace: string) => live(`Pod ${name}`, {}, { namespace });

  it("gives its objects and nobody else's, by reading alone", async () => {
    server.put(pod("bos-1", "alice"));
    server.put(pod("bos-2", "bob"));
    const type = (value: string) => live(`Event ${value.toLowerCase()}`, { type: value }, { namespace: "alice" });
    for (const value of ["Warning", "Normal"]) server.put(type(value));
    const found = await readEnvironment(target(), "alice");
    assert.deepEqual(
      found.pods.map(({ metadata }) => metadata.name),
      ["bos-1"],
    );
    assert.deepEqual(
      found.events.map(({ metadata }) => metadata.name),
      ["warning", "normal"],
    );
    assert.equal(found.entry.ingressPort, 16_448);
    assert.deepEqual([...new Set(server.requests.map(({ method }) => method))], ["GET"]);
  });

  it("changes nothing for a misspelt name, and suggests the right one", async () => {
    await assert.rejects(findEnvironment(target(), "alcie"), {
      message: 'there is no environment "alcie"',
      hint: "did you mean alice?",
      exit: "notFound",
    });
    assert.deepEqual([...new Set(server.requests.map(({ method }) => method))], ["GET"]);
  });

  it("does not take a namespace that is no environment for one", async () => {
    server.put(live("Namespace team"));
    await assert.rejects(findEnvironment(target(), "team"), { message: 'there is no environment "team"' });
  });
});
