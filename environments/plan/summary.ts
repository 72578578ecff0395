import type { EnvironmentPlan } from "./types.js";

/** What `show` and `open` tell of an environment, kept as JSON on its namespace. */
export interface EnvironmentSummary {
  readonly services: readonly { readonly name: string; readonly version: string; readonly hosts: readonly string[] }[];
  readonly claims: readonly {
    readonly service: string;
    readonly name: string;
    readonly type: string;
    /** Absent: the claim is validated only; nothing is provisioned for its type yet. */
    readonly driver?: string;
    readonly physicalName: string;
  }[];
}

/** The summary of an environment with these services. */
export function summarize(services: EnvironmentPlan["services"]): EnvironmentSummary {
  return {
    services: services.map(({ name, version, routes }) => ({ name, version, hosts: routes.map(({ host }) => host) })),
    claims: services.flatMap(({ claims }) =>
      claims.map(({ driver, ...claim }) => (driver === undefined ? claim : { ...claim, driver })),
    ),
  };
}
