import type { EnvironmentPlan, PlannedObject } from "../../../../environments/plan/types.js";
import type { JsonObject } from "../../../../kube/manifest.js";

/** An object of a plan. @param name with its kind, as `Deployment bos-web` */
export function planned(name: string, fields: JsonObject = {}, changes: Partial<PlannedObject> = {}): PlannedObject {
  const [kind = "", bare = ""] = name.split(" ");
  const manifest = { apiVersion: "v1", kind, metadata: { name: bare }, ...fields };
  return { id: `bos/${kind}/${bare}`, manifest, after: [], ignoreChanges: [], ...changes };
}

const GIB = 1024 ** 3;

/** A small plan with one service. */
export function planOf(objects: readonly PlannedObject[]): EnvironmentPlan {
  return {
    environment: "alice",
    tenancy: [planned("Namespace alice")],
    services: [
      {
        name: "bos",
        version: "0.2.0",
        owner: "team-bos",
        dependsOn: [],
        objects,
        claims: [
          { service: "bos", name: "db", type: "postgres", driver: "in-cluster", physicalName: "bos--db" },
          { service: "bos", name: "jobs", type: "sqs-queue", driver: undefined, physicalName: "alice--bos--jobs" },
        ],
        routes: [{ name: "http", host: "bos--alice.ed8k.localhost", service: "bos-web", port: "http" }],
      },
    ],
    secrets: [],
    quota: {
      size: "m",
      used: resources(1),
      hard: resources(10),
    },
    notes: [{ subject: "bos", rule: "bent", text: "the LoadBalancer bos-web becomes a ClusterIP" }],
  };
}

function resources(factor: number): EnvironmentPlan["quota"]["used"] {
  return {
    "requests.cpu": factor,
    "requests.memory": factor * GIB,
    "limits.memory": 2 * factor * GIB,
    "requests.storage": 5 * factor * GIB,
    persistentvolumeclaims: factor,
    pods: 3 * factor,
  };
}
