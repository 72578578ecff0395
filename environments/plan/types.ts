import type { Manifest } from "../../kube/manifest.js";
import type { ClaimType } from "../../services/claims.js";

/** A generated secret: its value exists only when the plan is applied (a `random.RandomPassword`). */
export interface SecretRef {
  /** Logical name of the generated secret, one of `EnvironmentPlan.secrets`. */
  readonly secret: string;
}

/** Text with secret parts that are filled in when the plan is applied. */
export type Template = readonly (string | SecretRef)[];

export interface GeneratedSecret {
  readonly name: string;
  /** Letters and digits only, so that it needs no escaping in a URL. */
  readonly length: number;
}

/** One Kubernetes object that the environment's stack registers exactly as it stands here. */
export interface PlannedObject {
  /** Logical name in the stack, stable while kind and name are: `bos/Deployment/bos-web`. */
  readonly id: string;
  readonly manifest: Manifest;
  /** Ids of objects that must be ready before this one is made. */
  readonly after: readonly string[];
  /** Paths (Pulumi's property path syntax) that keep their first value, because the chart renders them anew each time. */
  readonly ignoreChanges: readonly string[];
  /** True: the engine refuses to delete or replace it, until its protection is lifted. @default false */
  readonly protect?: boolean;
  /** For a Secret: the `stringData` with secret parts. The manifest holds none of it. */
  readonly secretData?: Readonly<Record<string, Template>>;
}

/** Something that the user should know, told by `plan` and `create`. */
export interface Note {
  /** Name of the service, or of the environment. */
  readonly subject: string;
  /** Machine-readable kind of note: `bent`, `hook`, `unstable`, `lookup`, `access`, `claim`, `quota`. */
  readonly rule: string;
  readonly text: string;
}

export interface PlannedRoute {
  readonly name: string;
  readonly host: string;
  /** The Kubernetes Service and its port (a name or a number) that answer for the host. */
  readonly service: string;
  readonly port: string | number;
}

export interface PlannedClaim {
  readonly service: string;
  readonly name: string;
  readonly type: ClaimType;
  /** `undefined`: validated only; this version provisions nothing for the type yet. */
  readonly driver: string | undefined;
  /** Name of the real thing: a StatefulSet, a topic. */
  readonly physicalName: string;
}

export interface PlannedService {
  readonly name: string;
  readonly version: string;
  readonly owner: string;
  readonly dependsOn: readonly string[];
  /** The claims' objects and the bindings' Secret and ConfigMap come before those of the chart. */
  readonly objects: readonly PlannedObject[];
  readonly claims: readonly PlannedClaim[];
  readonly routes: readonly PlannedRoute[];
}

/** Amounts in base units: CPU in cores, memory and storage in bytes, counts of objects. */
export type Resources = Readonly<
  Record<
    "requests.cpu" | "requests.memory" | "limits.memory" | "requests.storage" | "persistentvolumeclaims" | "pods",
    number
  >
>;

export interface EnvironmentPlan {
  readonly environment: string;
  /** Namespace, quota, limits, network policies, access: what every environment has. The Namespace is first. */
  readonly tenancy: readonly PlannedObject[];
  /** In the order of their dependencies. */
  readonly services: readonly PlannedService[];
  readonly secrets: readonly GeneratedSecret[];
  readonly quota: { readonly size: string; readonly used: Resources; readonly hard: Resources };
  readonly notes: readonly Note[];
}
