import assert from "node:assert/strict";
import type { StepEvent } from "../../../../ed8kctl/engine/stacks.js";
import { resourceSteps } from "../../../../ed8kctl/environment/resource-steps.js";
import type { EnvironmentPlan } from "../../../../environments/plan/types.js";
import { FakeOutput } from "./fixtures.js";

const plan = {
  tenancy: [{ id: "Namespace/alice" }, { id: "ResourceQuota/environment" }],
  services: [{ name: "web", objects: [{ id: "web/Secret/web" }, { id: "web/Deployment/web" }] }],
} as unknown as EnvironmentPlan;

function event(resource: string, phase: StepEvent["phase"], operation: StepEvent["operation"] = "create"): StepEvent {
  return { resource, phase, operation, type: "", paths: [] };
}

function shown(events: readonly StepEvent[], planned?: EnvironmentPlan): readonly string[] {
  const out = new FakeOutput();
  const listen = resourceSteps(out.step("alice"), planned);
  for (const one of events) listen(one);
  return out.steps.slice(1);
}

describe("the steps of an update", () => {
  it("are one per service, done when all that is planned for it is", () => {
    const steps = shown(
      [
        event("Namespace/alice", "started"),
        event("Namespace/alice", "done"),
        event("web/Secret/web", "started"),
        event("ResourceQuota/environment", "done"),
        event("web/Secret/web", "done"),
        event("web/Deployment/web", "done"),
      ],
      plan,
    );
    assert.deepEqual(steps, [
      "alice > namespace",
      "alice > web",
      "alice > namespace: done (2 objects)",
      "alice > web: done (2 objects)",
    ]);
  });

  it("leave out what stays as it is", () => {
    const same = ["Namespace/alice", "ResourceQuota/environment", "web/Secret/web"].map((id) =>
      event(id, "done", "same"),
    );
    const steps = shown([...same, event("web/Deployment/web", "done", "update")], plan);
    assert.deepEqual(steps, ["alice > web", "alice > web: done (1 object)"]);
  });

  it("name the resource that failed", () => {
    assert.deepEqual(shown([event("web/Deployment/web", "failed")], plan), [
      "alice > web",
      "alice > web: failed (web/Deployment/web)",
    ]);
  });

  it("of a service that is removed begin, and end with the run", () => {
    const gone = event("old/Deployment/old", "done", "delete");
    assert.deepEqual(shown([gone]), ["alice > old"]);
  });
});
