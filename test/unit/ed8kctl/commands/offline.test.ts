import assert from "node:assert/strict";
import { plan } from "../../../../ed8kctl/commands/plan.js";
import { render } from "../../../../ed8kctl/commands/render.js";
import { recorded } from "./service/recorder.js";

const OFFLINE = { offline: true, cluster: "dev", profile: "minimal", owner: "alice" };

describe("without a cluster and an engine", () => {
  it("ed8kctl plan tells what would be made, and compares it with nothing", async () => {
    const { data, texts, error } = await recorded(plan, ["alice"], { ...OFFLINE, size: "l" });
    assert.equal(error, undefined);
    const [{ environment, exists, changes, spec, quota } = {}] = data as Record<string, unknown>[];
    assert.deepEqual([environment, exists, changes], ["alice", null, null]);
    assert.deepEqual(spec, {
      kind: "environment",
      name: "alice",
      owner: "alice",
      cluster: "dev",
      catalogue: "services/catalogue.yaml",
      profile: "minimal",
      start: [],
      stop: [],
      size: "l",
      collaborators: [],
      versions: {},
    });
    assert.equal((quota as { size?: unknown }).size, "l");
    assert.match(
      texts[0] ?? "",
      /^alice: profile minimal, size l, owner alice\n\nSERVICE +VERSION +OBJECTS +URL\nfxsuite /,
    );
    assert.match(
      texts[0] ?? "",
      /\nOffline: neither what is there now nor the spec that it was made with was looked at\.\n/,
    );
  });

  it("ed8kctl plan refuses a service that there is not", async () => {
    const { data, error } = await recorded(plan, ["alice"], { ...OFFLINE, start: ["fxsuit"] });
    assert.deepEqual(data, []);
    assert.match(error?.message ?? "", /fxsuit/);
  });

  it("ed8kctl render prints every object, and no secret", async () => {
    const { data, texts } = await recorded(render, ["alice"], OFFLINE);
    const [{ objects = [] } = {}] = data as { objects?: { kind: string; stringData?: Record<string, string> }[] }[];
    assert.equal(objects[0]?.kind, "Namespace");
    assert.equal(texts[0]?.split("\n---\n").length, objects.length);
    const secrets = objects
      .filter(({ kind }) => kind === "Secret")
      .flatMap(({ stringData }) => Object.values(stringData ?? {}));
    assert.ok(secrets.length > 0);
    assert.deepEqual(
      secrets.filter((value) => !/<generated: [a-z-]+>/.test(value)),
      [],
    );
  });

  it("ed8kctl render prints the services that are asked for", async () => {
    const { data } = await recorded(render, ["alice", "toolbox"], OFFLINE);
    const [{ objects = [] } = {}] = data as { objects?: { kind: string; metadata: { name: string } }[] }[];
    assert.deepEqual(
      objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ["Deployment toolbox"],
    );
  });
});
