import type { JsonObject } from "../../../kube/manifest.js";
import { asText } from "../../../kube/object.js";
import type { Finding, Refusal } from "../context.js";
import { asObject, nameOf, objectsIn } from "../manifests.js";

/** RoleBindings that give more than a Role of the namespace, or give it to others than its service accounts. */
export const refuseAccess: Refusal = (manifest, { environment }) => {
  if (manifest.kind !== "RoleBinding") return [];
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
  return kind === "ServiceAccount" && (namespace === undefined || namespace === environment);
}
