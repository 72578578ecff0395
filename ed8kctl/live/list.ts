import type { EnvironmentSummary } from "../../environments/plan/summary.js";
import { UserError } from "../../errors.js";
import { at, asText, isJsonObject, type LiveObject } from "../../kube/object.js";
import { IDENTITY_NAMESPACE, requireIdentity } from "../../cluster/identity.js";
import { ANNOTATIONS, LABELS, ownerOfLabel } from "../../naming.js";
import { suggest } from "../../suggest.js";
import type { ReadTarget } from "./client.js";

/** An environment as its namespace tells of it. */
export interface LiveEnvironment {
  readonly name: string;
  readonly owner: string;
  readonly collaborators: readonly string[];
  readonly profile: string;
  readonly size: string;
  readonly state: EnvironmentState;
  /** RFC 3339. */
  readonly created: string;
  /** Absent when the namespace carries none that can be read. */
  readonly summary?: EnvironmentSummary;
}

export interface EnvironmentState {
  readonly name: "active" | "deleting";
  /** Why it is so, where that is not plain: what holds a deletion up. */
  readonly reason?: string;
  /** RFC 3339. */
  readonly since: string;
}

export interface LiveList {
  /** By name. */
  readonly environments: readonly LiveEnvironment[];
}

/**
 * All environments of a cluster, in one request; it shows the cluster's identity as well, which is checked.
 * @throws UserError when another cluster answers than the recorded one
 */
export async function listEnvironments(
  { client, facts }: Pick<ReadTarget, "facts"> & { readonly client: Pick<ReadTarget["client"], "request"> },
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<LiveList> {
  // The path is written out: asking the server for it would be a second request.
  const answer = await client.request("GET", "/api/v1/namespaces", signal === undefined ? {} : { signal });
  const items = isJsonObject(answer) && Array.isArray(answer["items"]) ? (answer["items"] as LiveObject[]) : [];
  requireIdentity(facts, items.find(({ metadata }) => metadata.name === IDENTITY_NAMESPACE)?.metadata.uid);
  return { environments: environmentsOf(items) };
}

/** The environments among namespaces, by name. */
export function environmentsOf(namespaces: readonly LiveObject[]): readonly LiveEnvironment[] {
  return namespaces
    .filter(({ metadata }) => metadata.labels?.[LABELS.managed] === "true" && LABELS.env in (metadata.labels ?? {}))
    .map((namespace) => toEnvironment(namespace))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @throws UserError (notFound) with the environment that was likely meant */
export function requireEnvironment(name: string, environments: readonly LiveEnvironment[]): LiveEnvironment {
  const found = environments.find((environment) => environment.name === name);
  if (found !== undefined) return found;
  const near = suggest(
    name,
    environments.map((environment) => environment.name),
  );
  throw new UserError(`there is no environment "${name}"`, {
    exit: "notFound",
    hint:
      near === undefined
        ? `ed8kctl list --all shows those that there are; ed8kctl create ${name} makes it`
        : `did you mean ${near}?`,
  });
}

function toEnvironment({ metadata, ...namespace }: LiveObject): LiveEnvironment {
  const { labels = {}, annotations = {} } = metadata;
  const summary = parseSummary(annotations[ANNOTATIONS.summary]);
  return {
    name: metadata.name,
    owner: ownerOfLabel(labels[LABELS.owner] ?? ""),
    collaborators: (annotations[ANNOTATIONS.collaborators] ?? "").split(",").filter((name) => name !== ""),
    profile: annotations[ANNOTATIONS.profile] ?? "",
    size: annotations[ANNOTATIONS.size] ?? "",
    state: stateOf(metadata, at(namespace["status"], "conditions")),
    created: metadata.creationTimestamp,
    ...(summary === undefined ? {} : { summary }),
  };
}

/** Conditions of a namespace that is deleted say what is still in it. https://kubernetes.io/docs/tasks/administer-cluster/namespaces/ */
function stateOf(
  { deletionTimestamp, creationTimestamp }: LiveObject["metadata"],
  conditions: unknown,
): EnvironmentState {
  if (deletionTimestamp === undefined) return { name: "active", since: creationTimestamp };
  const holding = (Array.isArray(conditions) ? conditions : [])
    .filter(isJsonObject)
    .filter(({ status, type }) => status === "True" && type !== "NamespaceDeletionDiscoveryFailure")
    .map(({ message }) => asText(message))
    .filter((message) => message !== "");
  const [reason] = holding.reverse();
  return { name: "deleting", since: deletionTimestamp, ...(reason === undefined ? {} : { reason }) };
}

/** A person may have written over the annotation: what cannot be read is as if it were not there. */
function parseSummary(text: string | undefined): EnvironmentSummary | undefined {
  try {
    const data: unknown = JSON.parse(text ?? "");
    const { services, claims } = isJsonObject(data) ? data : {};
    if (!Array.isArray(services) || !Array.isArray(claims)) return undefined;
    return data as EnvironmentSummary;
  } catch {
    return undefined;
  }
}
