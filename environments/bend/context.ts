import type { ClusterFacts } from "../../cluster/outputs.js";
import type { Manifest } from "../../kube/manifest.js";
import type { RenderedObject } from "../render/rendered.js";

/** What rules know of the world besides the object at hand. */
export interface BendContext {
  readonly environment: string;
  /** Name of the service that the chart belongs to. */
  readonly service: string;
  readonly facts: Pick<
    ClusterFacts,
    "domain" | "ingressClass" | "gateway" | "ingressPort" | "allowedRegistries" | "images"
  >;
  /** `undefined`: the service's `ed8k.yaml` names no variable. */
  readonly bindings: PodBindings | undefined;
  /** What the hosts of the chart's Ingresses become; those that stay are not among them. `""` is an Ingress without host. */
  readonly hosts: Readonly<Record<string, string>>;
  /** All objects of the chart as rendered. */
  readonly manifests: readonly Manifest[];
}

/** The objects that carry a service's variables into its pods. */
export interface PodBindings {
  /** Of the ConfigMap and of the Secret. */
  readonly name: string;
  readonly configMap: boolean;
  readonly secret: boolean;
  /** Changes whenever a variable does, so that the pods are replaced. */
  readonly checksum: string;
}

/** When an object is made, compared with the chart's others: Helm's `pre-…` and `post-…` hooks. */
export type Phase = "before" | "main" | "after";

/** An object on its way from the chart to the plan. */
export interface BentObject {
  readonly manifest: Manifest;
  readonly phase: Phase;
  /** Of hooks: the lower comes first. */
  readonly weight: number;
  /** True for what runs when the service is started, and never again: hooks of installing that are none of upgrading. */
  readonly once: boolean;
  /** What it was rendered from. */
  readonly origin: RenderedObject;
}

/** Something found in an object that an environment must not have. */
export interface Finding {
  /** Where in the object. */
  readonly path: readonly (string | number)[];
  /** What is wrong, with the value and what is allowed. */
  readonly problem: string;
  readonly hint: string;
}

/** A rule that refuses; a pure function of the object. */
export type Refusal = (manifest: Manifest, context: BendContext) => readonly Finding[];

export interface Bent {
  /** `undefined`: the object is left out. */
  readonly object: BentObject | undefined;
  /** What was bent, one sentence each; nothing where the object stays as it is or only gets what all get. */
  readonly notes: readonly string[];
}

/** A rule that bends what is harmless; a pure function of the object. */
export type Rule = (object: BentObject, context: BendContext) => Bent;
