import type { Fault } from "../../errors.js";
import type { ClaimParams, ClaimType } from "../../services/claims.js";
import { SERVICE_FILE } from "../../services/parse-service.js";
import type { ResolvedService } from "../../services/resolved.js";
import type { Claim, DriverContext, Fulfilment } from "../resources/driver.js";
import { DRIVERS } from "../resources/drivers.js";
import { futureName } from "../resources/future-names.js";
import type { Note, PlannedClaim } from "./types.js";

/** What a service's claims come to. */
export interface FulfilledClaims {
  readonly claims: readonly PlannedClaim[];
  /** By the claim's name; those that nothing provisions yet are not among them. */
  readonly fulfilments: ReadonlyMap<string, Fulfilment>;
  readonly notes: readonly Note[];
}

/** Decides what fulfils each of a service's claims. */
export function fulfilClaims({ name: service, definition }: ResolvedService, context: DriverContext): FulfilledClaims {
  const claims: PlannedClaim[] = [];
  const fulfilments = new Map<string, Fulfilment>();
  const notes: Note[] = [];
  for (const [name, { type, params }] of Object.entries(definition.resources)) {
    const { driver, ...decided } = decide(type, { service, name, params }, context);
    claims.push({ service, name, type, driver, physicalName: decided.physicalName });
    if (decided.fulfilment !== undefined) fulfilments.set(name, decided.fulfilment);
    else
      notes.push({
        subject: service,
        rule: "claim",
        text: `the ${type} "${name}" is not made: this version only checks it`,
      });
  }
  return { claims, fulfilments, notes };
}

function decide<T extends ClaimType>(
  type: T,
  claim: Claim & { readonly params: ClaimParams<T> },
  context: DriverContext,
): Pick<PlannedClaim, "driver" | "physicalName"> & { readonly fulfilment?: Fulfilment } {
  const driver = DRIVERS[type];
  if (driver === undefined) return { driver: undefined, physicalName: futureName(type, claim, context.environment) };
  const fulfilment = driver.fulfil(claim, context);
  return { driver: driver.name, physicalName: fulfilment.physicalName, fulfilment };
}

/** A topic is shared by all services that claim its name, so they must agree on what it is. */
export function topicFaults(services: readonly ResolvedService[]): Fault[] {
  const first = new Map<string, { readonly service: string; readonly params: string }>();
  return services.flatMap(({ name: service, source, definition }) =>
    Object.entries(definition.resources).flatMap(([name, { type, params }]): Fault[] => {
      if (type !== "kafka-topic") return [];
      const told = JSON.stringify(params);
      const other = first.get(name);
      if (other === undefined) first.set(name, { service, params: told });
      if (other === undefined || other.params === told) return [];
      const problem = `claims the topic "${name}" with ${told}, but ${other.service} claims it with ${other.params}`;
      return [
        {
          where: `${source}/${SERVICE_FILE}: resources.${name}`,
          problem,
          hint: "give both the same params, or another name",
        },
      ];
    }),
  );
}
