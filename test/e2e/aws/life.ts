import assert from "node:assert/strict";
import { asGiven } from "../../../sandbox/providers/aws/meaning.js";
import type { Provider } from "../../../sandbox/providers/plugin/provider.js";
import type { ValueMap } from "../../../sandbox/providers/plugin/values.js";
import type { Made, MadeBy, Sample, SampleChange } from "./sample.js";

/** What the provider was asked about so far, and made of it. */
interface Live extends Made {
  inputs: ValueMap;
  state: ValueMap;
}

/** Resources as the engine would keep them, on one provider. */
export class Life {
  readonly #provider: Provider;
  readonly #live = new Map<string, Live>();

  constructor(provider: Provider) {
    this.#provider = provider;
  }

  readonly made: MadeBy = (name) => {
    const { id, state } = this.#of(name);
    return { id, outputs: state };
  };

  /** Made as it was asked for: no drift right after it, and nothing left to change. */
  async create(sample: Sample): Promise<void> {
    const inputs = await this.#checked(sample, sample.inputs(this.made));
    const { id, state } = await this.#provider.create({ ...call(sample), inputs, preview: false, timeoutSeconds: 0 });
    this.#live.set(sample.name, { id, inputs, state, outputs: state });
    await this.#expectNoDrift(sample);
    assert.deepEqual(await this.#changes(sample, inputs), []);
  }

  /** Told as AWS does it; what can be done in place is done, and read back. */
  async change(sample: Sample, { inputs: changed, expect }: SampleChange): Promise<void> {
    const live = this.#of(sample.name);
    const inputs = await this.#checked(sample, { ...live.inputs, ...changed(this.made) });
    const changes = await this.#changes(sample, inputs);
    assert.notDeepEqual(changes, []);
    assert.equal(changes.some(({ replace }) => replace) ? "replace" : "update", expect);
    if (expect === "replace") return;
    const { id, inputs: oldInputs, state } = live;
    const diffed = { ...call(sample), id, oldInputs, state, inputs, ignoreChanges: [] };
    live.state = await this.#provider.update({ ...diffed, preview: false, timeoutSeconds: 0 });
    live.inputs = inputs;
    await this.#expectNoDrift(sample);
  }

  /** By its id alone, as `pulumi import` does: gives what was given, of all that AWS keeps. */
  async import(sample: Sample): Promise<void> {
    const { id, inputs } = this.#of(sample.name);
    const found = await this.#provider.read({ ...call(sample), id, inputs: {}, state: {} });
    assert.equal(found?.id, id);
    for (const [name, given] of Object.entries(inputs)) {
      if (found.inputs[name] === undefined) continue;
      assert.deepEqual(asGiven(found.inputs[name], given), given, `import of ${name}`);
    }
    assert.deepEqual(found.state["arn"], this.#of(sample.name).state["arn"]);
  }

  /** Gone on AWS; a second removal finds nothing to do. */
  async delete(sample: Sample): Promise<void> {
    const live = this.#live.get(sample.name);
    if (live === undefined) return;
    const { id, inputs, state } = live;
    const remove = () => this.#provider.delete({ ...call(sample), id, state, timeoutSeconds: 0 });
    await remove();
    if (sample.goes === false) return;
    assert.equal(await this.#provider.read({ ...call(sample), id, inputs, state }), undefined);
    await remove();
  }

  async #expectNoDrift(sample: Sample): Promise<void> {
    const { id, inputs, state } = this.#of(sample.name);
    const found = await this.#provider.read({ ...call(sample), id, inputs, state });
    assert.deepEqual(found?.inputs, inputs);
    assert.deepEqual(found.state, state);
  }

  async #checked(sample: Sample, given: ValueMap): Promise<ValueMap> {
    const request = { ...call(sample), inputs: given, oldInputs: undefined, seed: new Uint8Array() };
    const { inputs, failures } = await this.#provider.check(request);
    assert.deepEqual(failures, []);
    return inputs;
  }

  async #changes(sample: Sample, inputs: ValueMap): Promise<{ readonly path: string; readonly replace: boolean }[]> {
    const { id, inputs: oldInputs, state } = this.#of(sample.name);
    const { changes } = await this.#provider.diff({ ...call(sample), id, oldInputs, state, inputs, ignoreChanges: [] });
    return [...changes].map(([path, { replace }]) => ({ path, replace }));
  }

  #of(name: string): Live {
    const live = this.#live.get(name);
    if (live === undefined) throw new Error(`no sample ${name} was made`);
    return live;
  }
}

function call({ type, name }: Sample) {
  return { type, name, urn: `urn:pulumi:samples::ed8k::${type}::${name}` };
}
