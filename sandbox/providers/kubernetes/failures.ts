import { isConflict, isNotFound, KubeError, UnreachableError } from "../../../kube/errors.js";
import { secretTexts, type ValueMap } from "../plugin/values.js";
import { markSecrets } from "./inputs.js";

/** Texts of the published provider, which users know and tools look for. */
export const FAILED = {
  create: (urn: string, why: string): string =>
    `resource "${urn}" was not successfully created by the Kubernetes API server: ${why}`,
  createKind: (urn: string, kind: string, why: string): string =>
    `creation of resource "${urn}" with kind ${kind} failed because the Kubernetes API server reported that the apiVersion for this resource does not exist. Verify that any required CRDs have been created: ${why}`,
  initialize: (urn: string, why: string): string =>
    `resource "${urn}" was successfully created, but the Kubernetes API server reported that it failed to fully initialize or become live: ${why}`,
  update: (urn: string, why: string): string => `update of resource "${urn}" failed: ${why}`,
  becomeLive: (id: string, why: string): string =>
    `the Kubernetes API server reported that "${id}" failed to fully initialize or become live: ${why}`,
  unreachable: (why: string): string =>
    `configured Kubernetes cluster is unreachable: unable to load schema information from the API server: ${why}`,
  deleteUnreachable:
    'configured Kubernetes cluster is unreachable. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
  readUnreachable:
    'failed to read resource state due to unreachable cluster. If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"',
} as const;

const CONFLICT =
  "Server-Side Apply field conflict detected. See https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/#handle-field-conflicts-on-existing-resources for troubleshooting help\n: ";

/** Why a call failed, in words that hold nothing secret of the object it was about. */
export function explain(error: unknown, inputs: ValueMap): string {
  return hideSecrets(isConflict(error) ? CONFLICT + messageOf(error) : messageOf(error), inputs);
}

export function isUnreachable(error: unknown): error is UnreachableError {
  return error instanceof UnreachableError;
}

/** The kind itself is unknown to the API server. */
export function isNoKind(error: unknown): boolean {
  return error instanceof KubeError && error.reason === "NoKindMatch";
}

/**
 * Refusals that end by themselves: the namespace or the definition is on its way, or controllers have not caught up
 * with an object made a moment ago.
 */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof KubeError)) return false;
  if (isNotFound(error)) return true;
  if (error.reason === "Conflict" && error.details["kind"] === "resourcequotas") return true;
  return error.status === 403 && /status unknown for quota|error looking up service account/.test(error.message);
}

/** The API server quotes values that it does not like; those of secrets must not reach logs and terminals. */
export function hideSecrets(message: string, inputs: ValueMap): string {
  const texts = secretTexts(markSecrets(inputs, inputs)).flatMap((text) => [text, decoded(text), encoded(text)]);
  return [...new Set(texts)]
    .filter((text) => text.length >= SHORTEST)
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, text) => hidden.replaceAll(text, "[secret]"), message);
}

/** Shorter texts say nothing, and would be cut out of the middle of words. */
const SHORTEST = 3;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function decoded(text: string): string {
  return Buffer.from(text, "base64").toString("utf8");
}
function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}
