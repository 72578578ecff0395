import assert from "node:assert/strict";
import { diffText } from "../../../../ed8kctl/commands/diff.js";
import { changedResources } from "../../../../ed8kctl/engine/changed-resources.js";
import { lineData, parseLogOptions } from "../../../../ed8kctl/commands/logs.js";
import { notReadyOf, urlsOf } from "../../../../ed8kctl/commands/open.js";
import { chosenObjects, shownManifest } from "../../../../ed8kctl/commands/render.js";
import type { StepEvent } from "../../../../ed8kctl/engine/stacks.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import { environmentNamespace } from "../live/objects.js";
import { planned, planOf } from "../planning/plan.js";

const [alice] = environmentsOf([environmentNamespace("alice", "alice")]);
assert.ok(alice);

describe("ed8kctl logs", () => {
  const none = { sinceSeconds: undefined, tailLines: undefined, pattern: undefined, previous: false, follow: false };

  it("takes the last 100 lines unless it is told otherwise", () => {
    assert.deepEqual(parseLogOptions({}), { ...none, tailLines: 100 });
    assert.deepEqual(parseLogOptions({ since: "10m" }), { ...none, sinceSeconds: 600 });
    assert.deepEqual(parseLogOptions({ since: "1h", tail: "5" }), { ...none, sinceSeconds: 3600, tailLines: 5 });
    assert.deepEqual(parseLogOptions({ grep: "a|b", previous: true }), { ...none, pattern: /a|b/, previous: true });
    assert.deepEqual(parseLogOptions({ follow: true, tail: "0" }), { ...none, tailLines: 0, follow: true });
  });

  it("refuses what it cannot do", () => {
    assert.throws(() => parseLogOptions({ tail: "all" }), {
      message: '--tail: "all" is no number of lines',
      exit: "usage",
    });
    assert.throws(() => parseLogOptions({ grep: "deal(" }), {
      message: '--grep: "deal(" is no regular expression: Unterminated group',
      exit: "usage",
    });
    assert.throws(() => parseLogOptions({ follow: true, previous: true }), { exit: "usage" });
  });

  it("gives machines every line with where it is from; JSON of an application stays text", () => {
    const line = { time: "2026-11-24T09:00:00Z", service: "bos", pod: "bos-1", container: "web", prefix: "bos-1" };
    assert.deepEqual(lineData({ ...line, text: '{"level":"info"}' }), {
      time: "2026-11-24T09:00:00Z",
      service: "bos",
      pod: "bos-1",
      container: "web",
      line: '{"level":"info"}',
    });
  });
});

describe("ed8kctl open", () => {
  it("gives the addresses of one service or of all", () => {
    assert.deepEqual(urlsOf(alice, { ingressPort: 80 }, "fxsuite"), ["http://fxsuite--alice.ed8k.localhost"]);
    assert.deepEqual(urlsOf(alice, { ingressPort: 16_448 }), ["http://fxsuite--alice.ed8k.localhost:16448"]);
  });

  it("says how to reach what has none", () => {
    assert.throws(() => urlsOf(alice, { ingressPort: 80 }, "bos"), {
      message: "bos has no address: there is no route in its ed8k.yaml",
      hint: "reach it by ed8kctl forward alice bos",
      exit: "notFound",
    });
    assert.throws(() => urlsOf(alice, { ingressPort: 80 }, "boss"), { hint: "did you mean bos?", exit: "notFound" });
  });

  it("says which of them do not answer, and why", () => {
    const status = (name: string, ready: number, urls = ["http://…"]) => ({
      name,
      version: "1",
      ready,
      wanted: 1,
      urls,
    });
    const problem = (service: string) => ({
      kind: "Pod",
      name: `${service}-1`,
      service,
      cause: "crash" as const,
      text: "ended with exit code 1",
      since: "2026-11-24T09:00:00Z",
      next: "…",
    });
    const details = {
      // What has no address nobody opens; a problem of what has all its pods is one of an update.
      services: [status("a", 0), status("b", 1), status("c", 0, []), status("d", 0)],
      problems: [problem("a"), problem("b"), problem("c")],
    };
    assert.deepEqual(notReadyOf(details), [
      "a is not ready: a-1 ended with exit code 1",
      "d is not ready: it has 0 of 1 pods",
    ]);
    assert.deepEqual(notReadyOf(details, "d"), ["d is not ready: it has 0 of 1 pods"]);
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
