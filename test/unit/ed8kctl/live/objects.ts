import type { JsonObject } from "../../../../kube/manifest.js";
import type { LiveMeta, LiveObject } from "../../../../kube/object.js";

const CREATED = "2026-11-24T09:00:00Z";

/** An object as an API server gives it. @param name with its kind, as `Pod bos-1` */
export function live(name: string, fields: JsonObject = {}, metadata: Partial<LiveMeta> = {}): LiveObject {
  const [kind = "", bare = ""] = name.split(" ");
  return {
    apiVersion: "v1",
    kind,
    metadata: { name: bare, uid: `uid-of-${bare}`, resourceVersion: "1", creationTimestamp: CREATED, ...metadata },
    ...fields,
  };
}

/** The label by which an object belongs to a service. */
export function of(service: string): Partial<LiveMeta> {
  return { labels: { "ed8k.dev/env": "alice", "ed8k.dev/service": service } };
}

/** A namespace that is an environment. */
export function environmentNamespace(name: string, owner: string, changes: Partial<LiveMeta> = {}): LiveObject {
  return live(
    `Namespace ${name}`,
    { status: { phase: "Active" } },
    {
      labels: { "ed8k.dev/managed": "true", "ed8k.dev/env": name, "ed8k.dev/owner": owner },
      annotations: {
        "ed8k.dev/profile": "full",
        "ed8k.dev/size": "m",
        "ed8k.dev/collaborators": "bob,carol",
        "ed8k.dev/summary": JSON.stringify({
          services: [
            { name: "fxsuite", version: "0.1.0", hosts: [`fxsuite--${name}.ed8k.localhost`] },
            { name: "bos", version: "0.2.0", hosts: [] },
          ],
          claims: [
            { service: "bos", name: "db", type: "postgres", driver: "in-cluster", physicalName: "bos--db" },
            { service: "bos", name: "jobs", type: "sqs-queue", physicalName: `${name}--bos--jobs` },
          ],
        }),
      },
      ...changes,
    },
  );
}

/** What a pod says of itself. */
export function podStatus(ready: boolean, extra: JsonObject = {}): JsonObject {
  return {
    status: {
      phase: "Running",
      conditions: [{ type: "Ready", status: ready ? "True" : "False", lastTransitionTime: "2026-11-24T09:05:00Z" }],
      ...extra,
    },
  };
}
