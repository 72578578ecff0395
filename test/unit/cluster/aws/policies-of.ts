import type { Statement } from "../../../../cluster/aws/policies/document.js";
import type { Registered } from "../../../harness.js";

/** A policy that a resource has. */
export interface PolicyOf {
  readonly type: string;
  /** `<type> <name>` */
  readonly of: string;
  readonly text: string;
  readonly statements: readonly Statement[];
}

/** Says how long images are kept, not who may what. */
const NO_POLICY = ["aws:ecr/lifecyclePolicy:LifecyclePolicy"];

/** Every policy that these resources have, wherever it is among their inputs. */
export function policiesOf(resources: readonly Registered[]): readonly PolicyOf[] {
  return resources
    .filter(({ type }) => !NO_POLICY.includes(type))
    .flatMap(({ type, name, inputs }) =>
      Object.entries(inputs)
        .filter(([key, value]) => /policy$/i.test(key) && typeof value === "string")
        .map(([, value]) => {
          const text = String(value);
          const { Statement: statements } = JSON.parse(text) as { readonly Statement: readonly Statement[] };
          return { type, of: `${type} ${name}`, text, statements };
        }),
    );
}
