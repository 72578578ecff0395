import { asText, at, isJsonObject, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { parseQuantity } from "../../kube/quantity.js";
import type { EnvironmentSummary } from "../../environments/plan/summary.js";
import type { LiveEnvironment } from "./list.js";
import { PASSING, type Problem } from "../diagnosis/problem.js";
import { isReady, readySince } from "./ready.js";
import { type EnvironmentObjects, serviceOf } from "./read.js";
import { hostUrl } from "../../environments/plan/address.js";

/** How a service does. */
export interface ServiceStatus {
  readonly name: string;
  readonly version: string;
  /** Pods that are ready, and that there should be. */
  readonly ready: number;
  readonly wanted: number;
  readonly urls: readonly string[];
}

/** One counted resource, in base units: cores, bytes, objects. */
export interface QuotaLine {
  readonly resource: string;
  readonly used: number;
  readonly hard: number;
}

/** What `show` tells; also its `--json`. */
export interface EnvironmentDetails extends Omit<LiveEnvironment, "state" | "summary"> {
  readonly state: {
    /** `failing`: something keeps a service from running, and does not pass by itself. */
    readonly name: "ready" | "starting" | "failing" | "deleting";
    readonly reason?: string;
    /** RFC 3339. */
    readonly since: string;
  };
  readonly services: readonly ServiceStatus[];
  readonly claims: EnvironmentSummary["claims"];
  readonly volumes: readonly { readonly name: string; readonly size: string; readonly phase: string }[];
  readonly quota: readonly QuotaLine[];
  readonly problems: readonly Problem[];
}

/** Puts together what the cluster knows of an environment. @param problems those found in the same objects */
export function detailsOf(objects: EnvironmentObjects, problems: readonly Problem[]): EnvironmentDetails {
  const { environment, pods, volumes, quotas } = objects;
  const { summary, ...facts } = environment;
  const services = (summary?.services ?? []).map((service) => serviceStatus(service, objects));
  return {
    ...facts,
    state: stateOf(environment, services, { pods, problems }),
    services,
    claims: summary?.claims ?? [],
    volumes: volumes.map(volumeOf),
    quota: quotas.flatMap(quotaLines),
    problems,
  };
}

function serviceStatus(
  { name, version, hosts }: EnvironmentSummary["services"][number],
  { workloads, entry }: EnvironmentObjects,
): ServiceStatus {
  const own = workloads.filter((workload) => workload.kind !== "Job" && serviceOf(workload) === name);
  return {
    name,
    version,
    ready: sum(own.map((workload) => Math.min(count(at(workload["status"], "readyReplicas"), 0), wantedOf(workload)))),
    wanted: sum(own.map(wantedOf)),
    urls: hosts.map((host) => hostUrl(host, entry)),
  };
}

function stateOf(
  { state, created }: LiveEnvironment,
  services: readonly ServiceStatus[],
  { pods, problems }: { readonly pods: readonly LiveObject[]; readonly problems: readonly Problem[] },
): EnvironmentDetails["state"] {
  if (state.name === "deleting") return { ...state, name: "deleting" };
  const waiting = services.filter(({ ready, wanted }) => ready < wanted);
  if (waiting.length > 0) {
    const told = waiting.slice(0, TOLD).map((one) => `${one.name} has ${one.ready} of ${one.wanted} pods ready`);
    const left = waiting.length - told.length;
    const reason = [...told, ...(left === 0 ? [] : [`and ${left} more`])].join(", ");
    // What is wrong with a service that has all its pods holds up no other.
    const lasting = problems
      .filter(({ cause, service }) => !PASSING.has(cause) && waiting.some(({ name }) => name === service))
      .map(({ since }) => since);
    if (lasting.length > 0) return { name: "failing", reason, since: lasting.sort()[0] ?? created };
    return { name: "starting", reason, since: created };
  }
  const last = pods.filter(isReady).flatMap((pod) => readySince(pod) ?? []);
  return { name: "ready", since: last.sort().at(-1) ?? created };
}

/** So many services are told in the state's reason. */
const TOLD = 3;

function wantedOf(workload: LiveObject): number {
  return count(at(workload["spec"], "replicas"), 1);
}

function volumeOf({ metadata, spec, status }: LiveObject): EnvironmentDetails["volumes"][number] {
  return {
    name: metadata.name,
    size: asText(at(spec, "resources", "requests", "storage")),
    phase: asText(at(status, "phase")),
  };
}

/** The quota that every environment has; others are a chart's own business. */
function quotaLines({ metadata, status }: LiveObject): readonly QuotaLine[] {
  const { hard, used } = isJsonObject(status) ? status : {};
  if (!(LABELS.env in (metadata.labels ?? {})) || !isJsonObject(hard)) return [];
  return Object.entries(hard).map(([resource, limit]) => ({
    resource,
    used: parseQuantity(at(used, resource)) ?? 0,
    hard: parseQuantity(limit) ?? 0,
  }));
}

function count(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
