import type { Command } from "../command.js";
import { SPEC_OPTIONS } from "../spec-options.js";

export const OFFLINE = {
  flags: "--offline",
  summary: "Ask neither the cluster nor the engine: what the options say, compared with nothing",
} as const;

/** `ed8kctl plan NAME` */
export const plan: Command = {
  name: "plan",
  summary: "Tell what create would make or change, and what of the quota it takes; changes nothing",
  group: "inspect",
  args: [{ spec: "<name>", summary: "The environment; it need not be there", names: "environment" }],
  options: [...SPEC_OPTIONS, OFFLINE],
  examples: ["ed8kctl plan alice --start kafka-ui", "ed8kctl plan preview --profile full --offline"],
  async run({ args: [name = ""], options, out, signal }) {
    const { withPlan } = await import("../planning/with-plan.js");
    const { changesOf } = await import("../planning/changes.js");
    const { readLiveObjects } = await import("../planning/live-objects.js");
    const { changesText, planText } = await import("../planning/plan-text.js");
    await withPlan(name, { options, signal }, async ({ config, plan: decided, facts, exists, online }) => {
      const about = `${name}: profile ${config.profile}, size ${config.size}, owner ${config.owner}`;
      const live = online === undefined ? undefined : await readLiveObjects(online.target, decided, signal);
      const changes = live === undefined ? undefined : changesOf(decided, live);
      const compared =
        changes === undefined
          ? "Offline: neither what is there now nor the spec that it was made with was looked at."
          : changesText(changes, live?.unseen ?? []);
      const { environment, services, quota, notes } = decided;
      // Values may hold what nobody else should read.
      const { values: _values, ...spec } = config;
      const told = services.map(({ objects, ...service }) => ({ ...service, objects: objects.map(({ id }) => id) }));
      out.result(
        { environment, exists: exists ?? null, spec, services: told, quota, notes, changes: changes ?? null },
        [about, "", planText(decided, facts), "", compared, "", nextText(name, exists)].join("\n"),
      );
    });
  },
};

function nextText(name: string, exists: boolean | undefined): string {
  if (exists === false) return `${name} is not there yet; next: ed8kctl create ${name} with the same options`;
  return `next: ed8kctl create ${name} with the same options applies it`;
}
