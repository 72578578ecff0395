import { UserError } from "../../errors.js";
import { at } from "../../kube/object.js";
import { parseQuantity } from "../../kube/quantity.js";
import type { ReadTarget } from "../live/client.js";
import type { LiveEnvironment } from "../live/list.js";
import { findEnvironment } from "../live/read.js";
import type { Neighbours } from "./attempts/attempt.js";

export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly signal: AbortSignal;
}

/**
 * What attempts between two environments are made from.
 * @throws UserError when one is not there, or the owner of the one may write in the other
 */
export async function readNeighbours(target: ReadTarget, { from, to, signal }: Pair): Promise<Neighbours> {
  const { client, facts } = target;
  const [one, other] = [await findEnvironment(target, from, signal), await findEnvironment(target, to, signal)];
  requireStrangers(one, other);
  const [pods, quotas] = await Promise.all([
    client.list({ apiVersion: "v1", kind: "Pod", namespace: to }, { signal }),
    client.list({ apiVersion: "v1", kind: "ResourceQuota", namespace: from }, { signal }),
  ]);
  const cores = quotas.items.map((quota) => parseQuantity(at(quota["spec"], "hard", "requests.cpu")) ?? 0);
  return {
    from,
    fromOwner: one.owner,
    to,
    toPod: pods.items[0]?.metadata.name,
    domain: facts.domain,
    ingressClass: facts.ingressClass,
    ...(facts.gateway === undefined ? {} : { gateway: facts.gateway }),
    cores: Math.max(0, ...cores),
    registriesLimited: facts.allowedRegistries.length > 0,
  };
}

/** @throws UserError (usage) when whoever owns the one may write in the other anyway */
export function requireStrangers(from: LiveEnvironment, to: LiveEnvironment): void {
  if (from.owner !== to.owner && !to.collaborators.includes(from.owner)) return;
  const why = from.owner === to.owner ? "owns both" : `is a collaborator of ${to.name}`;
  throw new UserError(`${from.owner} ${why}, so nothing keeps ${from.name} from ${to.name}`, {
    exit: "usage",
    hint: "choose environments of people who do not share them",
  });
}
