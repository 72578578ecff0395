import { randomUUID } from "node:crypto";
import type { Update, UpdateType } from "@aws-sdk/client-eks";
import { AwsError } from "../aws-error.js";
import { begin, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { type ClusterRecord, clusterOf, type EksCall, type EksOperation, type EksShape, seconds } from "./state.js";

/** Operations on updates: of clusters, node groups and add-ons. */
export const UPDATES: readonly EksOperation[] = [
  {
    name: "DescribeUpdate",
    method: "GET",
    path: "/clusters/{name}/updates/{updateId}",
    readsOnly: true,
    answer: describeUpdate,
  },
  { name: "ListUpdates", method: "GET", path: "/clusters/{name}/updates", readsOnly: true, answer: listUpdates },
];

interface Begun {
  readonly type: UpdateType;
  /** What was asked for. */
  readonly params: object;
  readonly now: number;
}

/** Notes an update of a cluster, which is busy with it. */
export function beginUpdate(cluster: Lived<ClusterRecord>, begun: Begun): object {
  cluster.phase = begin("UPDATING", begun.now);
  return noteUpdate(cluster.value, begun);
}

/** Notes an update of something in a cluster. */
export function noteUpdate({ updates }: ClusterRecord, { type, params, now }: Begun): object {
  const id = randomUUID();
  const told = Object.entries(params).map(([name, value]) => ({
    type: (name.charAt(0).toUpperCase() + name.slice(1)) as NonNullable<Update["params"]>[number]["type"],
    value: typeof value === "string" ? value : JSON.stringify(value),
  }));
  const lived: Lived<EksShape<Update>> = {
    phase: begin("UPDATING", now),
    value: { id, type, params: told, createdAt: seconds(now), errors: [] },
  };
  updates[id] = lived;
  return { update: updateOf(lived, now) };
}

function updateOf(lived: Lived<EksShape<Update>>, now: number): EksShape<Update> {
  return { ...lived.value, status: statusOf(lived, now) === "ACTIVE" ? "Successful" : "InProgress" };
}

function describeUpdate(call: EksCall): object {
  const { updates } = clusterOf(call).value;
  const id = call.params["updateId"] ?? "";
  const found = updates[id];
  if (found === undefined) throw new AwsError("ResourceNotFoundException", `No update found for ID: ${id}`);
  return { update: updateOf(found, call.now) };
}

function listUpdates(call: EksCall): object {
  const { items, ...next } = page(Object.keys(clusterOf(call).value.updates), call.query);
  return { updateIds: items, ...next };
}
