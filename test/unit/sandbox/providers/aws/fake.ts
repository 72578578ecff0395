import type { AwsClients } from "../../../../../sandbox/providers/aws/clients.js";
import type { AwsKind, Data } from "../../../../../sandbox/providers/aws/kind.js";
import { createAwsProvider } from "../../../../../sandbox/providers/aws/provider.js";
import { SILENT } from "../../../../../sandbox/providers/plugin/log.js";
import type { Created, Provider } from "../../../../../sandbox/providers/plugin/provider.js";
import type { ValueMap } from "../../../../../sandbox/providers/plugin/values.js";

export const THING = "aws:test/thing:Thing";
export const ACCOUNT = "111122223333";

/** Things on an AWS of their own: what is there, and what was asked for. */
export class FakeAws {
  readonly things = new Map<string, Data>();
  readonly calls: string[] = [];
  /** What the next call of this method fails with. */
  readonly failures = new Map<string, Error>();
  #made = 0;

  readonly kind: AwsKind = {
    type: THING,
    inputs: {
      name: "replace",
      size: "update",
      policy: "update",
      subnetIds: "update",
      network: "update",
      "network.zone": "replace",
      tags: "update",
    },
    required: ["name"],
    defaults: { size: 1 },
    computed: ["arn", "network.address"],
    deleteBeforeReplace: true,

    create: (inputs) => {
      this.#called("create");
      this.#made += 1;
      const id = `thing-${this.#made}`;
      this.things.set(id, inputs);
      return Promise.resolve(id);
    },
    settle: () => {
      this.#called("settle");
      return Promise.resolve();
    },
    read: (id) => {
      this.#called("read");
      return Promise.resolve(this.#live(id));
    },
    update: (id, { inputs }) => {
      this.#called("update");
      this.things.set(id, inputs);
      return Promise.resolve();
    },
    delete: (id) => {
      this.#called("delete");
      this.things.delete(id);
      return Promise.resolve();
    },
  };

  #live(id: string): Data | undefined {
    const thing = this.things.get(id);
    if (thing === undefined) return undefined;
    const network = thing["network"] as Data | undefined;
    const placed = network === undefined ? {} : { network: { ...network, address: "10.0.0.1", quota: 5 } };
    return { ...thing, ...placed, arn: `arn:aws:test:eu-west-1:${ACCOUNT}:thing/${id}`, engine: "own" };
  }

  #called(method: string): void {
    this.calls.push(method);
    const failure = this.failures.get(method);
    this.failures.delete(method);
    if (failure !== undefined) throw failure;
  }
}

/** The provider on these things, and how the engine calls it. */
export class FakeEngine {
  readonly aws = new FakeAws();
  readonly provider: Provider;
  readonly signals: AbortSignal[] = [];

  constructor(configuration: ValueMap = { region: "eu-west-1" }, account = () => Promise.resolve(ACCOUNT)) {
    this.provider = createAwsProvider({
      loadKind: (type) => (type === THING ? Promise.resolve(this.aws.kind) : Promise.reject(new Error(type))),
      createClients: ({ region, signal }) => {
        this.signals.push(signal);
        return { region, signal, account } as unknown as AwsClients;
      },
    });
    this.provider.configure(configuration, SILENT);
  }

  readonly resource = { urn: `urn:pulumi:dev::ed8k::${THING}::one`, type: THING, name: "one" };

  check(inputs: ValueMap, oldInputs?: ValueMap) {
    return this.provider.check({ ...this.resource, inputs, oldInputs, seed: new Uint8Array([1]) });
  }

  async create(inputs: ValueMap, preview = false): Promise<Created & { readonly inputs: ValueMap }> {
    const checked = (await this.check(inputs)).inputs;
    const created = await this.provider.create({ ...this.resource, inputs: checked, preview, timeoutSeconds: 0 });
    return { ...created, inputs: checked };
  }

  read(id: string, inputs: ValueMap = {}, state: ValueMap = {}) {
    return this.provider.read({ ...this.resource, id, inputs, state });
  }

  async update(
    { id, inputs: oldInputs, state }: { id: string; inputs: ValueMap; state: ValueMap },
    inputs: ValueMap,
    preview = false,
  ) {
    const call = { ...this.resource, id, oldInputs, state, inputs, ignoreChanges: [], timeoutSeconds: 0 };
    return this.provider.update({ ...call, preview });
  }

  /** `update! name`: kind, `!` when it replaces, path. */
  async diff(oldInputs: ValueMap, inputs: ValueMap): Promise<readonly string[]> {
    const call = { ...this.resource, id: "thing-1", oldInputs, state: oldInputs, inputs, ignoreChanges: [] };
    const { changes, deleteBeforeReplace } = await this.provider.diff(call);
    const lines = [...changes].map(([path, { kind, replace }]) => `${kind}${replace ? "!" : ""} ${path}`);
    return deleteBeforeReplace ? [...lines, "delete before replace"] : lines;
  }

  delete(id: string, state: ValueMap) {
    return this.provider.delete({ ...this.resource, id, state, timeoutSeconds: 0 });
  }
}

/** An error as AWS' SDK throws it. */
export function awsError(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
