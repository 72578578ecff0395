import type { EnvironmentPlan } from "../../environments/plan/types.js";
import type { StepEvent } from "../engine/stacks.js";
import type { Step } from "../steps.js";

const OWN = "namespace";

/** One part of an environment: its namespace with its rules, or a service. */
interface Part {
  /** Logical names that are still to come to their end. */
  readonly waiting: Set<string>;
  /** Shown from the first change on: parts that stay as they are are not worth a line. */
  step?: Step;
  changed: number;
}

/**
 * Shows the engine's work as steps below `parent`, one per service; a step is done when all that the plan has for the
 * service is. Gives the listener for the engine's events.
 */
export function resourceSteps(parent: Step, plan?: EnvironmentPlan): (event: StepEvent) => void {
  const parts = new Map<string, Part>();
  if (plan !== undefined) {
    parts.set(OWN, { waiting: new Set(plan.tenancy.map(({ id }) => id)), changed: 0 });
    for (const { name, objects } of plan.services) {
      parts.set(name, { waiting: new Set(objects.map(({ id }) => id)), changed: 0 });
    }
  }
  return ({ resource, operation, phase }) => {
    const name = partOf(resource);
    const part = parts.get(name) ?? { waiting: new Set<string>(), changed: 0 };
    parts.set(name, part);
    const changes = operation !== "same" && operation !== "read";
    if (changes) part.step ??= parent.step(name);
    if (phase === "started") return;
    part.waiting.delete(resource);
    if (changes) part.changed += 1;
    if (phase === "failed") part.step?.failed(resource);
    // Deletions come after everything else; a part that is deleted has nothing planned and ends with the run.
    else if (part.waiting.size === 0 && plan !== undefined) part.step?.done(countText(part.changed));
  };
}

/** Resources of a service are called `<service>/<kind>/<name>`; what belongs to none is the environment's own. */
function partOf(resource: string): string {
  const [first = OWN, second, third] = resource.split("/");
  return second === undefined || third === undefined ? OWN : first;
}

function countText(count: number): string {
  return `${count} ${count === 1 ? "object" : "objects"}`;
}
