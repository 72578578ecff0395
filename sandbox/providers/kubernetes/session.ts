import { setMaxListeners } from "node:events";
import { KubeClient } from "../../../kube/client.js";
import { isNotFound, UnreachableError } from "../../../kube/errors.js";
import type { ObjectRef } from "../../../kube/object.js";
import { type EngineLog, SILENT } from "../plugin/log.js";
import type { ValueMap } from "../plugin/values.js";
import { isClusterScoped } from "./kinds.js";
import { readAccess, readSettings, type Settings } from "./settings.js";

/** What one configured provider works with. */
export class Session {
  readonly settings: Settings;
  readonly log: EngineLog;
  /** `undefined` in previews in which the cluster itself is yet to be made. */
  readonly client: KubeClient | undefined;
  readonly #cancelled = new AbortController();

  constructor(inputs: ValueMap, log: EngineLog = SILENT, env: NodeJS.ProcessEnv = process.env) {
    const access = readAccess(inputs);
    this.settings = readSettings(inputs, env);
    this.client = access === undefined ? undefined : new KubeClient(access);
    this.log = log;
    // Every object that is waited for listens; Node takes more than ten for a leak.
    setMaxListeners(0, this.#cancelled.signal);
  }

  /** Aborted when the engine cancels. */
  get signal(): AbortSignal {
    return this.#cancelled.signal;
  }

  cancel(): void {
    this.#cancelled.abort(new Error("the operation was cancelled"));
  }

  /** The client. @throws Error in a preview without a cluster */
  get cluster(): KubeClient {
    if (this.client === undefined) throw new Error("the cluster is not known yet");
    return this.client;
  }

  get defaultNamespace(): string {
    return this.settings.namespace ?? this.client?.access.namespace ?? "default";
  }

  /**
   * Whether objects of a kind are in namespaces. A kind that the cluster does not have is a custom one whose definition
   * comes with the same program; most of those are.
   */
  async isNamespaced(ref: ObjectRef): Promise<boolean> {
    if (isClusterScoped(ref)) return false;
    if (this.client === undefined) return true;
    try {
      return (await this.client.resources.find(ref)).namespaced;
    } catch (error) {
      if (isNotFound(error) || error instanceof UnreachableError) return true;
      throw error;
    }
  }
}
