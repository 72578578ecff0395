import type { KubeClient } from "../../../kube/client.js";
import type { LiveObject } from "../../../kube/object.js";

/** Names of an environment by the place in which they must be unlike all others; `own`: those within its namespace. */
export async function namesOf(client: KubeClient, name: string) {
  const listed = async (apiVersion: string, kind: string) =>
    (await client.list({ apiVersion, kind, namespace: name })).items;
  const [routes, jobs, secrets, claims, maps] = await Promise.all([
    listed("networking.k8s.io/v1", "Ingress"),
    listed("batch/v1", "Job"),
    listed("v1", "Secret"),
    listed("v1", "PersistentVolumeClaim"),
    listed("v1", "ConfigMap"),
  ]);
  const found = (objects: readonly LiveObject[], pattern: RegExp): readonly string[] =>
    [...new Set(objects.flatMap(({ spec }) => pattern.exec(JSON.stringify(spec))?.[1] ?? []))].sort();
  const data = secrets.flatMap((secret) => Object.entries((secret["data"] ?? {}) as Record<string, string>));
  return {
    hosts: found(routes, /"host":"([^"]+)"/),
    topics: found(jobs, /"--topic","([^"]+)"/),
    volumes: found(claims, /"volumeName":"([^"]+)"/),
    passwords: [...new Set(data.filter(([key]) => /password/i.test(key)).map(([, value]) => value))].sort(),
    own: [...secrets, ...claims, ...maps].map(({ kind, metadata }) => `${kind}/${metadata.name}`).sort(),
  };
}
