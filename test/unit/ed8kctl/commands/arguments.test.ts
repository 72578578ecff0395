import assert from "node:assert/strict";
import { changedResources, diffText } from "../../../../ed8kctl/commands/diff.js";
import { parseEndpoint, parseLocal } from "../../../../ed8kctl/commands/forward.js";
import { parseLimits } from "../../../../ed8kctl/commands/logs.js";
import { urlsOf } from "../../../../ed8kctl/commands/open.js";
import { chosenObjects, shownManifest } from "../../../../ed8kctl/commands/render.js";
import { chooseService } from "../../../../ed8kctl/commands/shell.js";
import type { StepEvent } from "../../../../ed8kctl/engine/stacks.js";
import { environmentsOf, type LiveEnvironment } from "../../../../ed8kctl/live/list.js";
import { environmentNamespace } from "../live/objects.js";
import { planned, planOf } from "../planning/plan.js";

const [alice] = environmentsOf([environmentNamespace("alice", "alice")]);
assert.ok(alice);

/** An environment that runs these services, none of which has an address. */
function running(...names: readonly string[]): LiveEnvironment {
  const services = names.map((name) => ({ name, version: "1", hosts: [] }));
  return { ...(alice as LiveEnvironment), summary: { services, claims: [] } };
}

describe("ed8kctl forward", () => {
  it("takes a service and its port by name or number", () => {
    assert.deepEqual(parseEndpoint("bos"), { wanted: "bos", port: undefined });
    assert.deepEqual(parseEndpoint("bos:http"), { wanted: "bos", port: "http" });
    for (const text of ["", ":80", "bos:", "a:b:c"]) {
      assert.throws(() => parseEndpoint(text), {
        message: `"${text}" is neither SERVICE nor SERVICE:PORT`,
        exit: "usage",
      });
    }
  });

  it("takes ports of this machine", () => {
    assert.deepEqual([undefined, "1", "65535"].map(parseLocal), [undefined, 1, 65_535]);
    for (const text of ["0", "65536", "http", "-1", "1.5"]) {
      assert.throws(() => parseLocal(text), {
        message: `"${text}" is no port of this machine: a whole number from 1 to 65535`,
        exit: "usage",
      });
    }
  });
});

describe("ed8kctl logs", () => {
  it("takes the last 100 lines unless it is told otherwise", () => {
    assert.deepEqual(parseLimits({}), { sinceSeconds: undefined, tailLines: 100 });
    assert.deepEqual(parseLimits({ since: "10m" }), { sinceSeconds: 600, tailLines: undefined });
    assert.deepEqual(parseLimits({ since: "1h", tail: "5" }), { sinceSeconds: 3600, tailLines: 5 });
    assert.throws(() => parseLimits({ tail: "all" }), {
      message: '--tail: "all" is no number of lines',
      exit: "usage",
    });
  });
});

describe("ed8kctl open", () => {
  it("gives the addresses of one service or of all", () => {
    assert.deepEqual(urlsOf(alice, "fxsuite"), ["http://fxsuite--alice.ed8k.localhost"]);
    assert.deepEqual(urlsOf(alice), ["http://fxsuite--alice.ed8k.localhost"]);
  });

  it("says how to reach what has none", () => {
    assert.throws(() => urlsOf(alice, "bos"), {
      message: "bos has no address: there is no route in its ed8k.yaml",
      hint: "reach it by ed8kctl forward alice bos",
      exit: "notFound",
    });
    assert.throws(() => urlsOf(alice, "boss"), { hint: "did you mean bos?", exit: "notFound" });
  });
});

describe("ed8kctl shell", () => {
  it("enters the service that is meant, the toolbox, or the only one", () => {
    assert.equal(chooseService(running("bos", "toolbox"), "bos"), "bos");
    assert.equal(chooseService(running("bos", "toolbox"), undefined), "toolbox");
    assert.equal(chooseService(running("bos"), undefined), "bos");
  });

  it("asks where it is not plain", () => {
    assert.throws(() => chooseService(running("bos", "fxsuite"), undefined), {
      message: "which service of alice? It runs bos, fxsuite",
      hint: "ed8kctl shell alice SERVICE",
      exit: "usage",
    });
    assert.throws(() => chooseService(running(), undefined), { message: "which service of alice? It runs nothing" });
  });
});

describe("ed8kctl render", () => {
  it("shows all objects, or those of services", () => {
    const plan = planOf([planned("Deployment bos-web")]);
    const ids = (services: readonly string[]) => chosenObjects(plan, services).map(({ id }) => id);
    assert.deepEqual(ids([]), ["bos/Namespace/alice", "bos/Deployment/bos-web"]);
    assert.deepEqual(ids(["bos"]), ["bos/Deployment/bos-web"]);
    assert.throws(() => ids(["bso"]), {
      message: 'the plan has no service "bso"; it has bos',
      hint: "did you mean bos?",
      exit: "notFound",
    });
  });

  it("names secrets and tells none", () => {
    const fields = { data: { tls: "Y2FuYXJ5" }, stringData: { token: "canary" } };
    assert.deepEqual(shownManifest(planned("Secret s", fields)), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      data: { tls: "<secret of the chart>" },
      stringData: { token: "<secret of the chart>" },
    });
    const secretData = { url: ["postgres://bos:", { secret: "bos--db" }, "@db"] };
    assert.deepEqual(shownManifest(planned("Secret s", {}, { secretData }))["stringData"], {
      url: "postgres://bos:<generated: bos--db>@db",
    });
    const map = planned("ConfigMap c", { data: { open: "1" } });
    assert.deepEqual(shownManifest(map), map.manifest);
  });
});

describe("ed8kctl diff", () => {
  const step = (resource: string, operation: StepEvent["operation"], paths: readonly string[] = []): StepEvent => ({
    resource,
    type: "kubernetes:apps/v1:Deployment",
    operation,
    phase: "started",
    paths,
  });

  it("tells each changed resource once, with the paths that differ", () => {
    const steps = [
      step("same", "same"),
      step("web", "update", ["spec.replicas"]),
      { ...step("web", "update"), phase: "done" as const },
      step("job", "replace", ["spec.template"]),
      step("job", "delete"),
      step("new", "create"),
      step("old", "delete"),
    ];
    assert.equal(
      diffText("alice", changedResources(steps), { create: 1, update: 1, same: 3, delete: 0 }),
      `~ update web
    spec.replicas
± replace job
    spec.template
+ create new
- delete old

1 create, 1 update, 3 same; next: ed8kctl create alice with the same options applies it`,
    );
  });

  it("says that nothing would change", () => {
    assert.equal(diffText("alice", [], { same: 9 }), "alice is as its spec says: nothing would change");
  });
});
