import type { PlannedObject } from "../../../../../environments/plan/types.js";
import type { Json } from "../../../../../kube/manifest.js";
import { asList, asText, at } from "../../../../../kube/object.js";

/** What a policy looks at and asks; how the rest of it is put together is shown by `policy.test.ts`. */
export function told([policy]: readonly PlannedObject[]) {
  const spec = policy?.manifest["spec"];
  return {
    resources: Object.fromEntries(
      asList(at(spec, "matchConstraints", "resourceRules")).map((rule) => [
        texts(at(rule, "apiGroups")).join(),
        texts(at(rule, "resources")),
      ]),
    ),
    variables: Object.fromEntries(
      asList(at(spec, "variables")).map((variable) => [
        asText(at(variable, "name")),
        asText(at(variable, "expression")),
      ]),
    ),
    validations: asList(at(spec, "validations")).map((rule) => [
      asText(at(rule, "expression")),
      asText(at(rule, "messageExpression")),
    ]),
  };
}

/** Which requests a policy is asked about, by whom, and where. */
export function reach([policy, binding]: readonly PlannedObject[]): string {
  const spec = policy?.manifest["spec"];
  const operations = asList(at(spec, "matchConstraints", "resourceRules")).map((rule) =>
    texts(at(rule, "operations")).join(" "),
  );
  const who = asList(at(spec, "matchConditions")).map((condition) => asText(at(condition, "name")));
  const where = JSON.stringify(at(binding?.manifest["spec"], "matchResources", "namespaceSelector") ?? "the cluster");
  return `${[...new Set(operations)].join()} by ${who.join() || "everybody"} in ${PLACES[where] ?? where}`;
}

const PLACES: Readonly<Record<string, string>> = {
  '"the cluster"': "the cluster",
  '{"matchLabels":{"ed8k.dev/managed":"true"}}': "environments",
  '{"matchExpressions":[{"key":"ed8k.dev/managed","operator":"NotIn","values":["true"]}]}': "other namespaces",
  '{"matchLabels":{"kubernetes.io/metadata.name":"ed8k-shared"}}': "ed8k-shared",
};

function texts(list: Json | undefined): readonly string[] {
  return asList(list).map(asText);
}
