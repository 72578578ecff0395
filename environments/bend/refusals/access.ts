import type { JsonObject, Manifest } from "../../../kube/manifest.js";
import { asList, asText } from "../../../kube/object.js";
import type { Finding, Refusal } from "../context.js";
import { asObject, nameOf, objectsIn } from "../manifests.js";

/** What the environment's walls are made of, by API group. */
const WALLS: Readonly<Record<string, readonly string[]>> = {
  "": ["resourcequotas", "limitranges", "endpoints"],
  "networking.k8s.io": ["networkpolicies"],
  "rbac.authorization.k8s.io": ["roles", "rolebindings"],
  "discovery.k8s.io": ["endpointslices"],
};
const READING = ["get", "list", "watch"];

/** Roles by which a pod could take the environment's walls down, and RoleBindings that give too much or to others. */
export const refuseAccess: Refusal = (manifest, context) => {
  if (manifest.kind === "Role") return refuseRole(manifest);
  return manifest.kind === "RoleBinding" ? refuseBinding(manifest, context) : [];
};

function refuseRole(manifest: Manifest): Finding[] {
  return objectsIn(manifest["rules"]).flatMap(({ apiGroups, resources, verbs }, index) => {
    const writing = asList(verbs)
      .map(asText)
      .filter((verb) => !READING.includes(verb));
    const groups = asList(apiGroups).map(asText);
    const walls = Object.entries(WALLS).flatMap(([group, names]) =>
      groups.includes(group) || groups.includes("*") ? names : [],
    );
    const found = asList(resources)
      .map(asText)
      .filter((resource) => isWall(resource, walls));
    if (writing.length === 0 || found.length === 0) return [];
    const problem = `${nameOf(manifest)} may ${writing.join(", ")} ${found.join(", ")}; of the environment's walls (${walls.join(", ")}) a chart may only ${READING.join(", ")}`;
    return [
      {
        path: ["rules", index],
        problem,
        hint: "name the resources that the pods need, or switch it off in the chart's values",
      },
    ];
  });
}

/** A rule names a resource, a part of one (`resourcequotas/status`), or all. */
function isWall(resource: string, walls: readonly string[]): boolean {
  return walls.some((wall) => resource === "*" || resource === wall || resource.startsWith(`${wall}/`));
}

/** RoleBindings that give more than a Role of the namespace, or give it to others than its service accounts. */
const refuseBinding: Refusal = (manifest, { environment }) => {
  const { kind, name } = asObject(manifest["roleRef"]);
  const findings: Finding[] = objectsIn(manifest["subjects"]).flatMap((subject, index) => {
    if (isOwnServiceAccount(subject, environment)) return [];
    const told = `${asText(subject["kind"])} "${asText(subject["name"])}"`;
    return [
      {
        path: ["subjects", index],
        problem: `${nameOf(manifest)} gives rights to ${told}; allowed are service accounts of the environment's namespace`,
        hint: "people get theirs by ed8k:owner and ed8k:collaborators",
      },
    ];
  });
  if (kind === "Role") return findings;
  return [
    ...findings,
    {
      path: ["roleRef"],
      problem: `${nameOf(manifest)} refers to ${asText(kind)} "${asText(name)}"; allowed is a Role of the environment's namespace`,
      hint: "write a Role with the same rules",
    },
  ];
};

function isOwnServiceAccount({ kind, namespace }: JsonObject, environment: string): boolean {
  return kind === "ServiceAccount" && (namespace ?? environment) === environment;
}
