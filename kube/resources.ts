import { KubeError } from "./errors.js";
import type { JsonObject } from "./manifest.js";
import { asList, asText, isJsonObject, type ObjectRef } from "./object.js";

/** How the API server serves one kind. */
export interface ApiResource {
  readonly apiVersion: string;
  readonly kind: string;
  /** As in paths: `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Fetches a JSON document by its path. */
export type Fetch = (path: string, accept?: string) => Promise<unknown>;

/**
 * The kinds that the API server serves, found by discovery and kept; a kind that is not among those kept is looked up
 * again, so that kinds of a CustomResourceDefinition made later are found.
 * https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
 */
export class Resources {
  readonly #fetch: Fetch;
  readonly #kept = new Map<string, Promise<ReadonlyMap<string, ApiResource>>>();

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** @throws KubeError (404, NoKindMatch) when the cluster has no such kind */
  async find({ apiVersion, kind }: ObjectRef): Promise<ApiResource> {
    const kept = this.#kept.get(apiVersion);
    const known = (await kept)?.get(kind);
    if (known !== undefined) return known;
    // Only the first who finds it missing asks again; others wait for the same answer.
    if (this.#kept.get(apiVersion) === kept) this.#kept.set(apiVersion, this.#load(apiVersion));
    const fresh = (await this.#kept.get(apiVersion))?.get(kind);
    if (fresh !== undefined) return fresh;
    throw new KubeError(404, {
      reason: "NoKindMatch",
      message: `no matches for kind "${kind}" in version "${apiVersion}"`,
    });
  }

  /** Every kind of every group in its preferred version, in two requests. */
  async all(): Promise<readonly ApiResource[]> {
    const answers = await Promise.all(["/api", "/apis"].map((path) => this.#fetch(path, AGGREGATED)));
    return answers.flatMap((answer) => items(answer).flatMap((group) => preferredKinds(group)));
  }

  async #load(apiVersion: string): Promise<ReadonlyMap<string, ApiResource>> {
    try {
      const answer = await this.#fetch(apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`);
      return new Map(resourcesOf(answer, apiVersion).map((resource) => [resource.kind, resource]));
    } catch (error) {
      this.#kept.delete(apiVersion);
      if (error instanceof KubeError && error.status === 404) return new Map();
      throw error;
    }
  }
}

/** Kubernetes 1.30 and later give all groups in one document. */
const AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";

function resourcesOf(answer: unknown, apiVersion: string): ApiResource[] {
  const listed = isJsonObject(answer) ? asList(answer["resources"]) : [];
  return listed.flatMap((entry) => {
    // Names such as `deployments/scale` are subresources, whose kind is another's.
    if (!isJsonObject(entry) || typeof entry["name"] !== "string" || entry["name"].includes("/")) return [];
    const { name, kind, namespaced, verbs } = entry;
    return [
      {
        apiVersion,
        kind: asText(kind),
        plural: name,
        namespaced: namespaced === true,
        verbs: asList(verbs).map(String),
      },
    ];
  });
}

function preferredKinds(group: JsonObject): ApiResource[] {
  const [version] = asList(group["versions"]);
  if (!isJsonObject(version)) return [];
  const metadata = group["metadata"];
  const name = isJsonObject(metadata) && typeof metadata["name"] === "string" ? metadata["name"] : "";
  const apiVersion = name === "" ? asText(version["version"]) : `${name}/${asText(version["version"])}`;
  return asList(version["resources"]).flatMap((entry) => {
    if (!isJsonObject(entry) || !isJsonObject(entry["responseKind"])) return [];
    return [
      {
        apiVersion,
        kind: asText(entry["responseKind"]["kind"]),
        plural: asText(entry["resource"]),
        namespaced: entry["scope"] === "Namespaced",
        verbs: asList(entry["verbs"]).map(String),
      },
    ];
  });
}

function items(answer: unknown): JsonObject[] {
  return isJsonObject(answer) ? asList(answer["items"]).filter(isJsonObject) : [];
}
