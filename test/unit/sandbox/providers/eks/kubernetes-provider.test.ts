import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import assert from "node:assert/strict";
import { KubernetesProvider } from "../../../../../sandbox/providers/eks/kubernetes-provider.js";
import { VERSIONS } from "../../../../../versions.js";

interface Request {
  getName(): string;
  getVersion(): string;
}

describe("the Kubernetes provider of the eks stand-in's cluster", () => {
  const prototype = MockMonitor.prototype as { registerResource: (request: Request, done: unknown) => Promise<void> };
  const { registerResource } = prototype;
  afterEach(() => {
    prototype.registerResource = registerResource;
  });

  it("names its plugin's version, whatever the engine would put in", async () => {
    const seen: string[] = [];
    await pulumi.runtime.setMocks({
      newResource: ({ name, inputs }) => ({ id: `${name}-id`, state: inputs as object }),
      call({ token }) {
        throw new Error(`unexpected call: ${token}`);
      },
    });
    // Mocks are not told of it; the request that they answer is.
    prototype.registerResource = function (request, done) {
      seen.push(`${request.getName()} ${request.getVersion()}`);
      return registerResource.call(this, request, done);
    };
    new KubernetesProvider("ed8k-dev-eks-k8s", "{}", {});
    await pulumi.runtime.disconnect();
    assert.deepEqual(seen, [`ed8k-dev-eks-k8s ${VERSIONS.plugins.kubernetes}`]);
  });
});
