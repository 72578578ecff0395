import assert from "node:assert/strict";
import { createKubernetesProvider } from "../../../../../sandbox/providers/kubernetes/provider.js";
import { Provided } from "./provided.js";

describe("the Kubernetes stand-in: the provider", () => {
  it("does nothing before it is configured", async () => {
    const call = {
      urn: "u",
      type: "kubernetes:core/v1:Pod",
      name: "n",
      inputs: {},
      oldInputs: undefined,
      seed: new Uint8Array(),
    };
    await assert.rejects(async () => createKubernetesProvider().check(call), {
      message: "the provider is not configured",
    });
  });

  it("reads YAML for the SDK, all documents of it", async () => {
    const text = "kind: A\n---\n---\nkind: B\n";
    const result = await createKubernetesProvider().invoke("kubernetes:yaml:decode", { text });
    assert.deepEqual(result, { result: [{ kind: "A" }, { kind: "B" }] });
  });

  it("refuses functions that it does not have", async () => {
    await assert.rejects(async () => createKubernetesProvider().invoke("kubernetes:helm:template", {}), {
      message:
        "kubernetes:helm:template is not supported by the sandbox's Kubernetes provider; install the published plugin for it",
    });
  });

  it("reaches two clusters at once, each its own", async () => {
    const [one, two] = [await Provided.start(), await Provided.start()];
    await one.create("v1 ConfigMap", { metadata: { name: "one" } });
    await two.create("v1 ConfigMap", { metadata: { name: "two" } });
    const names = (provided: Provided): unknown[] => provided.server.store.all().map(({ metadata }) => metadata.name);
    assert.deepEqual([names(one), names(two)], [["one"], ["two"]]);
    await Promise.all([one.server.stop(), two.server.stop()]);
  });
});
