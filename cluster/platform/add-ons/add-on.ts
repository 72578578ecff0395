import type { EksClusterConfig } from "../../../config.js";
import type { JsonObject, Manifest } from "../../../kube/manifest.js";
import type { RemoteChart } from "../../../services/fetch/pull-chart.js";
import type { EksAddOn } from "../../../versions.js";

/** A Helm chart of an add-on; it is released under the chart's own name. */
export interface AddOnChart {
  readonly name: string;
  readonly from: RemoteChart;
  readonly namespace: string;
  /** Laid over the chart's own values. */
  readonly values: JsonObject;
}

/** What an add-on puts into the cluster. */
export interface AddOnParts {
  /** Those that bring definitions of kinds first. */
  readonly charts: readonly AddOnChart[];
  /** Objects of ours, made when what the charts run is ready, and removed before it. */
  readonly objects: readonly Manifest[];
}

/** Something that the cluster runs for all environments beside what ED8K itself needs. */
export interface AddOn {
  /** One line for lists. */
  readonly about: string;
  /** Whether a cluster has it whose config does not say so. */
  readonly isOn: (config: EksClusterConfig) => boolean;
  /** Add-ons without which it is of no use. @default none */
  readonly needs?: readonly string[];
  /** The add-on of EKS that brings the kinds of its objects; the sandbox's emulator runs none of them. */
  readonly eksAddOn?: EksAddOn;
  /** Decides, from plain data alone, what it consists of. */
  readonly plan: (config: EksClusterConfig) => AddOnParts;
}
