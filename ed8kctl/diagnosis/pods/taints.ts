import type { Json } from "../../../kube/manifest.js";
import { asList, asText, at, type LiveObject } from "../../../kube/object.js";
import { countText } from "../words.js";

/** Nodes that a pod may not use, and why. */
export interface Kept {
  /** Nodes that do not work well: `node-1 is not ready`; these come first. */
  readonly sick: readonly string[];
  /** Nodes that are for others: `it does not tolerate the taint a=b on 2 nodes`. */
  readonly reserved: readonly string[];
}

/** What the taints of nodes say to a pod; the scheduler itself does not name them. */
export function keptFrom(pod: LiveObject, nodes: readonly LiveObject[]): Kept {
  const tolerations = asList(at(pod["spec"], "tolerations"));
  const names = new Map<string, string[]>();
  for (const { metadata, spec } of nodes) {
    const taints = asList(at(spec, "taints"))
      .filter((taint) => isHard(taint) && !tolerations.some((each) => covers(each, taint)))
      .map(taintText);
    const group = taints.find((taint) => taint in SICK) ?? taints[0];
    if (group !== undefined) names.set(group, [...(names.get(group) ?? []), metadata.name]);
  }
  const groups = [...names];
  return {
    sick: groups.flatMap(([key, found]) => (key in SICK ? [`${namesText(found)} ${SICK[key] ?? ""}`] : [])),
    reserved: groups.flatMap(([taint, { length }]) =>
      taint in SICK ? [] : [`it does not tolerate the taint ${taint} on ${countText(length, "node")}`],
    ),
  };
}

/** Taints that Kubernetes itself gives to nodes. https://kubernetes.io/docs/reference/labels-annotations-taints/ */
const SICK: Readonly<Record<string, string>> = {
  "node.kubernetes.io/not-ready": "is not ready",
  "node.kubernetes.io/unreachable": "does not answer",
  "node.kubernetes.io/memory-pressure": "has too little memory left",
  "node.kubernetes.io/disk-pressure": "has too little disk left",
  "node.kubernetes.io/pid-pressure": "has too many processes",
  "node.kubernetes.io/network-unavailable": "has no network yet",
  "node.cloudprovider.kubernetes.io/uninitialized": "is still being set up",
};

/** `key`, or `key=value`. */
function taintText(taint: Json): string {
  const [key, value] = [asText(at(taint, "key")), asText(at(taint, "value"))];
  return value === "" ? key : `${key}=${value}`;
}

/** `node-1`; of many the first, and how many like it. */
function namesText([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (and ${others.length} like it)`;
}

function isHard(taint: Json): boolean {
  return at(taint, "effect") === "NoSchedule" || at(taint, "effect") === "NoExecute";
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
function covers(toleration: Json, taint: Json): boolean {
  const of = (one: Json, field: string): string => asText(at(one, field));
  const [key, effect] = [of(toleration, "key"), of(toleration, "effect")];
  const isAny = of(toleration, "operator") === "Exists";
  return (
    (effect === "" || effect === of(taint, "effect")) &&
    (key === of(taint, "key") || (key === "" && isAny)) &&
    (isAny || of(toleration, "value") === of(taint, "value"))
  );
}
