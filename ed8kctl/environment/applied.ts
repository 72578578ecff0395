import type { EnvironmentPlan } from "../../environments/plan/types.js";
import type { ChangeSummary } from "../engine/stacks.js";
import { type Entry, hostUrl } from "../../environments/plan/address.js";

/** What an update has done, for machines. */
export interface Applied {
  readonly environment: string;
  readonly services: readonly { readonly name: string; readonly version: string; readonly urls: readonly string[] }[];
  readonly notes: EnvironmentPlan["notes"];
  /** How many resources were changed, by what was done. */
  readonly changes: ChangeSummary;
}

/** Sums up an update. @param entry of the cluster */
export function appliedOf(
  { environment, services, notes }: EnvironmentPlan,
  changes: ChangeSummary,
  entry: Entry,
): Applied {
  return {
    environment,
    services: services.map(({ name, version, routes }) => ({
      name,
      version,
      urls: routes.map(({ host }) => hostUrl(host, entry)),
    })),
    notes,
    changes,
  };
}

/** What an update has done, for people; the last line names the next command. */
export function appliedText({ environment, services, changes }: Applied): string {
  const counts = Object.entries(PAST)
    .filter(([what]) => (changes[what] ?? 0) > 0)
    .map(([what, told]) => `${changes[what] ?? 0} ${told}`)
    .join(", ");
  const urls = services.flatMap((service) => service.urls.map((url) => `  ${service.name}  ${url}`));
  const running = services.length === 0 ? "no services" : services.map(({ name }) => name).join(", ");
  return [
    `${environment} runs ${running} (${counts === "" ? "nothing had to be changed" : counts})`,
    ...urls,
    `next: ed8kctl show ${environment}, ed8kctl use ${environment}`,
  ].join("\n");
}

/** By the engine's word for what it did; what it has only read or looked at is not told. */
const PAST: Readonly<Record<string, string>> = {
  create: "created",
  update: "changed",
  replace: "replaced",
  delete: "deleted",
};
