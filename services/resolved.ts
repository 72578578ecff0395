import type { ServiceDefinition } from "./service.js";

/** A service that an environment will run: its version is settled and its chart lies in a local folder. */
export interface ResolvedService {
  readonly name: string;
  /** Version of the chart. */
  readonly version: string;
  /** Absolute path of the chart's folder. */
  readonly chart: string;
  /** The chart's path as messages tell it: relative to the project, or the reference it was pulled by. */
  readonly source: string;
  readonly definition: ServiceDefinition;
}
