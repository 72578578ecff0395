import * as pulumi from "@pulumi/pulumi";
import { createEksProvider } from "../../../../../sandbox/providers/eks/provider.js";
import type { Registered } from "../../../../harness.js";

/** What EKS says of a cluster beside its inputs. */
const LIVE = {
  arn: "arn:aws:eks:eu-west-1:111122223333:cluster/ed8k-dev",
  endpoint: "https://127.0.0.1:6443",
  certificateAuthority: { data: "UEVN" },
  identities: [{ oidcs: [{ issuer: "https://oidc.eks.eu-west-1.amazonaws.com/id/1" }] }],
};

/**
 * Everything that the provider registers for a component, in order; last its outputs, as the inputs of a resource of type
 * `test:index:Outputs`.
 */
export async function constructed(type: string, inputs: pulumi.Inputs): Promise<Registered[]> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type: made, name, inputs: given }) {
        const seen = { type: made, name, inputs: given as Registered["inputs"] };
        resources.push(seen);
        return { id: `${name}-id`, state: { ...seen.inputs, ...generated(seen) } };
      },
      call({ token }) {
        throw new Error(`unexpected call: ${token}`);
      },
    },
    "ed8k",
    "dev",
  );
  const construct = createEksProvider().construct;
  if (construct === undefined) throw new Error("the provider makes no components");
  const { state } = await construct("ed8k-dev", type, inputs, {});
  new Outputs(state);
  await pulumi.runtime.disconnect();
  return resources;
}

/** Waits for what it is given, as every resource does. */
class Outputs extends pulumi.CustomResource {
  constructor(outputs: pulumi.Inputs) {
    super("test:index:Outputs", "outputs", outputs);
  }
}

function generated({ type, name, inputs }: Registered): Record<string, unknown> {
  if (type === "aws:iam/role:Role") return { arn: `arn:aws:iam::111122223333:role/${name}` };
  if (type !== "aws:eks/cluster:Cluster") return {};
  const vpcConfig = { ...(inputs["vpcConfig"] as object), clusterSecurityGroupId: "sg-nodes" };
  return { ...LIVE, vpcConfig };
}
