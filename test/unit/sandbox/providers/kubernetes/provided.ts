import type { JsonObject } from "../../../../../kube/manifest.js";
import { createKubernetesProvider } from "../../../../../sandbox/providers/kubernetes/provider.js";
import type {
  Checked,
  CreateCall,
  Created,
  DeleteCall,
  Difference,
  Provider,
  Read,
  UpdateCall,
} from "../../../../../sandbox/providers/plugin/provider.js";
import { unwrap, type ValueMap } from "../../../../../sandbox/providers/plugin/values.js";
import { FakeApiServer } from "../../../kube/fake-api-server.js";

/** An object's type token, as the SDK has it: `v1 Pod` → `kubernetes:core/v1:Pod`. */
export function typeOf(kind: string): string {
  const [apiVersion = "", name = ""] = kind.split(" ");
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${name}`;
}

export function urnOf(kind: string, name = "web"): string {
  return `urn:pulumi:alice::ed8k::${typeOf(kind)}::${name}`;
}

const SEED = Uint8Array.from([1, 2, 3]);

/** What the engine remembers of a resource. */
export interface Resource {
  readonly kind: string;
  readonly id: string;
  readonly inputs: ValueMap;
  readonly state: ValueMap;
}

/** The Kubernetes stand-in on a fake API server, called as the engine calls it. */
export class Provided {
  readonly server: FakeApiServer;
  readonly provider: Provider = createKubernetesProvider();
  /** What was told to the person, `level: message`. */
  readonly told: string[] = [];

  private constructor(server: FakeApiServer, settings: ValueMap) {
    this.server = server;
    const tell = (level: string) => (_: string, message: string) => void this.told.push(`${level}: ${message}`);
    const log = { info: tell("info"), warn: tell("warn"), status: tell("status") };
    this.provider.configure({ kubeconfig: server.kubeconfig(), ...settings }, log);
  }

  static async start(settings: ValueMap = {}): Promise<Provided> {
    return new Provided(await FakeApiServer.start(), settings);
  }

  check(kind: string, inputs: ValueMap, oldInputs?: ValueMap): Promise<Checked> {
    return this.provider.check({ ...this.#resource(kind), inputs, oldInputs, seed: SEED });
  }

  /** Checked, then made. */
  async create(kind: string, inputs: ValueMap, changes: Partial<CreateCall> = {}): Promise<Resource> {
    const { inputs: checked } = await this.check(kind, inputs);
    const call = { ...this.#resource(kind), inputs: checked, preview: false, timeoutSeconds: 5, ...changes };
    const { id, state }: Created = await this.provider.create(call);
    return { kind, id, inputs: checked, state };
  }

  diff(old: Resource, inputs: ValueMap): Promise<Difference> {
    return this.provider.diff(this.#change(old, inputs));
  }

  /** As `diff`, in short: `update spec.replicas`, `update! metadata.name` for what replaces. */
  async changes(old: Resource, inputs: ValueMap): Promise<readonly string[]> {
    const { inputs: checked } = await this.check(old.kind, inputs, old.inputs);
    const { changes } = await this.diff(old, checked);
    return [...changes].map(([path, { kind, replace }]) => `${kind}${replace ? "!" : ""} ${path}`);
  }

  async update(old: Resource, inputs: ValueMap, changes: Partial<UpdateCall> = {}): Promise<Resource> {
    const { inputs: checked } = await this.check(old.kind, inputs, old.inputs);
    const call = { ...this.#change(old, checked), preview: false, timeoutSeconds: 5, ...changes };
    return { ...old, inputs: checked, state: await this.provider.update(call) };
  }

  read({ kind, id, inputs, state }: Resource): Promise<Read> {
    return this.provider.read({ ...this.#resource(kind), id, inputs, state });
  }

  async refresh(old: Resource): Promise<Resource> {
    const read = await this.read(old);
    if (read === undefined) throw new Error(`${old.id} is gone`);
    return { ...old, ...read };
  }

  delete({ kind, id, state }: Resource, changes: Partial<DeleteCall> = {}): Promise<void> {
    return this.provider.delete({ ...this.#resource(kind), id, state, timeoutSeconds: 5, ...changes });
  }

  /** What is on the server, without what only it writes into metadata. */
  objects(): readonly JsonObject[] {
    return this.server.store.all().map(({ metadata, ...object }) => {
      const { uid: _, resourceVersion: __, creationTimestamp: ___, generation: ____, ...own } = metadata;
      return { ...object, metadata: own };
    });
  }

  #resource(kind: string): { urn: string; type: string; name: string } {
    return { urn: urnOf(kind), type: typeOf(kind), name: "web" };
  }

  #change({ kind, id, inputs: oldInputs, state }: Resource, inputs: ValueMap) {
    return { ...this.#resource(kind), id, oldInputs, state, inputs, ignoreChanges: [] as readonly string[] };
  }
}

/** Values without their wrapping, for comparison. */
export function plain(map: ValueMap): ValueMap {
  return unwrap(map) as ValueMap;
}
