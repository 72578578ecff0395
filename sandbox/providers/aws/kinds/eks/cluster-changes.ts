import {
  AssociateEncryptionConfigCommand,
  type EKSClient,
  type Update,
  UpdateClusterConfigCommand,
  UpdateClusterVersionCommand,
} from "@aws-sdk/client-eks";
import type { AwsClients } from "../../clients.js";
import { asGiven, isSame } from "../../meaning.js";
import { given } from "../known.js";
import { type ClusterInputs, toEncryption, toEndpoint, toLogging, toSubnets } from "./cluster-shapes.js";
import { finished } from "./common.js";

interface Started {
  readonly update?: Update | undefined;
}
interface Change {
  /** The part of the inputs that it is about. */
  readonly of: (inputs: ClusterInputs) => unknown;
  /** Starts it. */
  readonly start: (eks: EKSClient, name: string, wanted: ClusterInputs) => Promise<Started>;
}

/** EKS changes one thing of a cluster at a time: these, in this order. */
const CHANGES: readonly Change[] = [
  {
    // First, as what follows may need the new version. EKS goes up by one minor, and never back.
    of: ({ version }) => version,
    start: (eks, name, { version }) => eks.send(new UpdateClusterVersionCommand({ name, version })),
  },
  {
    of: ({ upgradePolicy }) => upgradePolicy,
    start: (eks, name, { upgradePolicy }) =>
      eks.send(new UpdateClusterConfigCommand({ name, ...given({ upgradePolicy }) })),
  },
  {
    of: ({ accessConfig }) => accessConfig?.authenticationMode,
    start: (eks, name, { accessConfig }) => {
      const { authenticationMode } = accessConfig ?? {};
      return eks.send(new UpdateClusterConfigCommand({ name, accessConfig: given({ authenticationMode }) }));
    },
  },
  {
    of: ({ deletionProtection }) => deletionProtection,
    start: (eks, name, { deletionProtection }) =>
      eks.send(new UpdateClusterConfigCommand({ name, ...given({ deletionProtection }) })),
  },
  {
    // What is encrypted stays so; EKS refuses another key.
    of: ({ encryptionConfig }) => encryptionConfig,
    start: (eks, clusterName, wanted) =>
      eks.send(new AssociateEncryptionConfigCommand({ clusterName, encryptionConfig: toEncryption(wanted) })),
  },
  {
    of: ({ enabledClusterLogTypes = [] }) => [...enabledClusterLogTypes].sort().join(" "),
    start: (eks, name, wanted) => eks.send(new UpdateClusterConfigCommand({ name, logging: toLogging(wanted) })),
  },
  {
    of: ({ vpcConfig }) => toEndpoint(vpcConfig),
    start: (eks, name, { vpcConfig }) =>
      eks.send(new UpdateClusterConfigCommand({ name, resourcesVpcConfig: toEndpoint(vpcConfig) })),
  },
  {
    of: ({ vpcConfig }) => toSubnets(vpcConfig),
    start: (eks, name, { vpcConfig }) =>
      eks.send(new UpdateClusterConfigCommand({ name, resourcesVpcConfig: toSubnets(vpcConfig) })),
  },
];

export interface ClusterChange {
  readonly name: string;
  /** As it is on AWS: what an earlier try changed already is not changed again, because EKS refuses that. */
  readonly live: ClusterInputs;
  readonly wanted: ClusterInputs;
}

/** Makes a cluster what its inputs say, one change after the other, each waited for. */
export async function changeCluster({ name, live, wanted }: ClusterChange, clients: AwsClients): Promise<void> {
  const eks = await clients.eks();
  for (const { of, start } of CHANGES) {
    const part = of(wanted);
    if (part === undefined || isSame(asGiven(of(live), part), part)) continue;
    const { update } = await start(eks, name, wanted);
    await finished({ clusterName: name, update }, clients);
  }
}
