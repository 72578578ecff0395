import type { AwsClients } from "../../../sandbox/providers/aws/clients.js";
import type { AwsKind } from "../../../sandbox/providers/aws/kind.js";
import { loadKind } from "../../../sandbox/providers/aws/kinds/table.js";
import { createResource, deleteResource, readResource } from "../../../sandbox/providers/aws/lifecycle.js";
import { Renamed, type Resource } from "./graph.js";

/**
 * Works on a stack's AWS resources without an engine, a program or a plugin: in this process, by the calls of AWS' SDK
 * that the sandbox's provider makes, each as soon as what it depends on is there.
 */
export class DirectAws {
  readonly #clients: AwsClients;
  readonly #kinds: ReadonlyMap<string, AwsKind>;

  private constructor(clients: AwsClients, kinds: ReadonlyMap<string, AwsKind>) {
    this.#clients = clients;
    this.#kinds = kinds;
  }

  /** Loads what the resources' types need beforehand, so that only calls are timed. */
  static async load(graph: readonly Resource[], clients: AwsClients): Promise<DirectAws> {
    const types = [...new Set(graph.map(({ type }) => type))];
    const kinds = await Promise.all(
      types.map(async (type): Promise<[string, AwsKind]> => [type, await loadKind(type)]),
    );
    await clients.account();
    return new DirectAws(clients, new Map(kinds));
  }

  /** Makes what the graph describes, with new names where AWS chooses them, and gives it with these. */
  async create(graph: readonly Resource[]): Promise<readonly Resource[]> {
    const renamed = new Renamed();
    const created = new Map<string, Promise<Resource>>();
    for (const resource of graph) created.set(resource.urn, this.#createAfter(resource, { created, renamed }));
    return Promise.all(created.values());
  }

  async #createAfter(
    resource: Resource,
    { created, renamed }: { readonly created: ReadonlyMap<string, Promise<Resource>>; readonly renamed: Renamed },
  ): Promise<Resource> {
    await Promise.all(resource.dependencies.flatMap((urn) => created.get(urn) ?? []));
    const inputs = renamed.apply(resource.inputs);
    const call = { ...callOf(resource), inputs, preview: false, timeoutSeconds: 0 };
    const { id, state } = await createResource(this.#kindOf(resource), call, this.#clients);
    renamed.learn(resource.id, id);
    renamed.learn(resource.outputs, state);
    return { ...resource, id, inputs, outputs: state };
  }

  /** Looks at all at once. @throws Error when one is gone */
  async read(resources: readonly Resource[]): Promise<void> {
    await Promise.all(
      resources.map(async (resource) => {
        const call = { ...callOf(resource), state: resource.outputs };
        const found = await readResource(this.#kindOf(resource), call, this.#clients);
        if (found === undefined) throw new Error(`${resource.type} ${resource.id} is gone`);
      }),
    );
  }

  /** Removes each as soon as nothing depends on it any more. */
  async delete(resources: readonly Resource[]): Promise<void> {
    const removed = new Map<string, Promise<void>>();
    for (const resource of resources.toReversed()) {
      const users = resources.filter(({ dependencies }) => dependencies.includes(resource.urn));
      const call = { ...callOf(resource), state: resource.outputs, timeoutSeconds: 0 };
      const remove = async (): Promise<void> => {
        await Promise.all(users.flatMap(({ urn }) => removed.get(urn) ?? []));
        await deleteResource(this.#kindOf(resource), call, this.#clients);
      };
      removed.set(resource.urn, remove());
    }
    await Promise.all(removed.values());
  }

  #kindOf({ type }: Resource): AwsKind {
    const kind = this.#kinds.get(type);
    if (kind === undefined) throw new Error(`${type} was not among the loaded types`);
    return kind;
  }
}

function callOf({ urn, type, id, inputs }: Resource) {
  return { urn, type, name: urn.split("::").at(-1) ?? "", id, inputs };
}
