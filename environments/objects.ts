import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../kube/manifest.js";
import type { PlannedObject, Template } from "./plan/types.js";

export interface ObjectsArgs {
  /** Reaches the cluster. */
  readonly provider: kubernetes.Provider;
  /** Id of the environment's Namespace: what is in it goes with it, without a call for each. */
  readonly namespace?: string;
  /** Ids of what all objects but these come after: whoever makes them has no right to the rest before. @default none */
  readonly first?: readonly string[];
  /** Generated secrets by their name in the plan. */
  readonly secrets?: Readonly<Record<string, pulumi.Output<string>>>;
}

/** Fields of a Secret that the state keeps encrypted and no output shows. */
const SECRET_FIELDS = ["data", "stringData"];

/** Any kind of object, by its type token; the SDK has a class for each kind, which only differ in it. */
class KubernetesObject extends pulumi.CustomResource {}

/** The Kubernetes objects of one stack: registers planned ones, and finds those that others come after. */
export class PlannedObjects {
  readonly #made = new Map<string, pulumi.Resource>();

  constructor(private readonly args: ObjectsArgs) {}

  /** Registers `objects` as children of `parent`; those named in `after` must have been registered before. */
  register(objects: readonly PlannedObject[], parent: pulumi.Resource): void {
    for (const object of objects) this.#made.set(object.id, this.#create(object, parent));
  }

  #create(object: PlannedObject, parent: pulumi.Resource): pulumi.Resource {
    const { id, manifest, after, ignoreChanges, protect = false } = object;
    const namespace = this.args.namespace === undefined ? undefined : this.#made.get(this.args.namespace);
    const { first = [] } = this.args;
    const earlier = [...(first.includes(id) ? [] : first), ...after];
    const dependsOn = new Set(earlier.map((other) => this.#find(other, id)));
    if (namespace !== undefined) dependsOn.add(namespace);
    return new KubernetesObject(typeToken(manifest), id, this.#inputs(object), {
      parent,
      provider: this.args.provider,
      dependsOn: [...dependsOn],
      ignoreChanges: [...ignoreChanges],
      ...(protect ? { protect } : {}),
      ...(namespace === undefined ? {} : { deletedWith: namespace }),
      ...(manifest.kind === "Secret" ? { additionalSecretOutputs: SECRET_FIELDS } : {}),
    });
  }

  #find(id: string, wantedBy: string): pulumi.Resource {
    const made = this.#made.get(id);
    if (made === undefined) throw new Error(`${wantedBy} comes after ${id}, which the plan has not or has later`);
    return made;
  }

  #inputs({ manifest, secretData }: PlannedObject): Record<string, unknown> {
    if (manifest.kind !== "Secret") return { ...manifest };
    const kept = SECRET_FIELDS.flatMap((field) => {
      const value = manifest[field];
      return value === undefined ? [] : [[field, pulumi.secret<unknown>(value)] as const];
    });
    const inputs = { ...manifest, ...Object.fromEntries(kept) };
    if (secretData === undefined) return inputs;
    const stringData = Object.fromEntries(Object.entries(secretData).map(([key, text]) => [key, this.#fill(text)]));
    return { ...inputs, stringData: pulumi.secret(stringData) };
  }

  #fill(template: Template): pulumi.Output<string> {
    const parts = template.map((part) => (typeof part === "string" ? part : this.#secret(part.secret)));
    return pulumi.all(parts).apply((texts) => texts.join(""));
  }

  #secret(name: string): pulumi.Output<string> {
    const secret = this.args.secrets?.[name];
    if (secret === undefined) throw new Error(`the plan names a secret ${name} that it does not generate`);
    return secret;
  }
}

/** `kubernetes:apps/v1:Deployment`; the group without a name is `core`. */
function typeToken({ apiVersion, kind }: Manifest): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}
