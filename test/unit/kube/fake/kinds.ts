import type { ApiResource } from "../../../../kube/resources.js";

const VERBS = ["create", "delete", "get", "list", "patch", "watch"] as const;

/** What a fake API server serves from the start. */
export const KINDS: readonly ApiResource[] = [
  kind("v1 Namespace", "namespaces", false),
  kind("v1 Node", "nodes", false),
  kind("v1 ConfigMap", "configmaps"),
  kind("v1 Secret", "secrets"),
  kind("v1 Service", "services"),
  kind("v1 Pod", "pods"),
  kind("v1 Event", "events"),
  kind("v1 PersistentVolumeClaim", "persistentvolumeclaims"),
  kind("v1 ResourceQuota", "resourcequotas"),
  kind("apps/v1 Deployment", "deployments"),
  kind("apps/v1 StatefulSet", "statefulsets"),
  kind("batch/v1 Job", "jobs"),
  kind("discovery.k8s.io/v1 EndpointSlice", "endpointslices"),
  kind("networking.k8s.io/v1 Ingress", "ingresses"),
  kind("storage.k8s.io/v1 StorageClass", "storageclasses", false),
];

/** One kind as discovery tells it. @param name with its version, as `apps/v1 Deployment` */
export function kind(name: string, plural: string, namespaced = true): ApiResource {
  const [apiVersion = "", bare = ""] = name.split(" ");
  return { apiVersion, kind: bare, plural, namespaced, verbs: VERBS };
}

/** `/api/v1`, `/apis/apps/v1`: the kinds of one group version; `undefined` when there are none. */
export function groupDocument(path: string, kinds: readonly ApiResource[]): unknown {
  const own = kinds.filter((each) => path === groupPath(each.apiVersion));
  if (own.length === 0) return undefined;
  const resources = own.flatMap(({ plural, ...rest }) => [
    { name: plural, singularName: "", ...rest },
    { name: `${plural}/status`, singularName: "", ...rest },
  ]);
  return { kind: "APIResourceList", groupVersion: own[0]?.apiVersion, resources };
}

/** `/api` and `/apis` in the aggregated form; the first of a group's versions is the preferred one. */
export function aggregatedDocument(path: "/api" | "/apis", kinds: readonly ApiResource[]): unknown {
  const isCore = path === "/api";
  const versions = new Set(kinds.map(({ apiVersion }) => apiVersion).filter((each) => isCore !== each.includes("/")));
  const groups = new Set([...versions].map((apiVersion) => splitVersion(apiVersion).group));
  return {
    kind: "APIGroupDiscoveryList",
    items: [...groups].map((group) => ({
      metadata: group === "" ? {} : { name: group },
      versions: [...versions]
        .filter((apiVersion) => splitVersion(apiVersion).group === group)
        .map((apiVersion) => ({
          version: splitVersion(apiVersion).version,
          resources: kinds.filter((each) => each.apiVersion === apiVersion).map(aggregatedKind),
        })),
    })),
  };
}

export function groupPath(apiVersion: string): string {
  return apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function aggregatedKind({ apiVersion, kind: name, plural, namespaced, verbs }: ApiResource): unknown {
  const { group, version } = splitVersion(apiVersion);
  return {
    resource: plural,
    responseKind: { group, version, kind: name },
    scope: namespaced ? "Namespaced" : "Cluster",
    verbs,
  };
}

function splitVersion(apiVersion: string): { readonly group: string; readonly version: string } {
  const [first = "", second] = apiVersion.split("/");
  return second === undefined ? { group: "", version: first } : { group: first, version: second };
}
