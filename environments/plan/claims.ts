import type { ClaimParams, ClaimType } from "../../services/claims.js";
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
    const { fulfilment } = decided;
    if (fulfilment !== undefined) fulfilments.set(name, fulfilment);
    const texts = fulfilment?.notes ?? [];
    const told = fulfilment === undefined ? [`the ${type} "${name}" is not made: this version only checks it`] : texts;
    notes.push(...told.map((text) => ({ subject: service, rule: "claim", text })));
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
