import {
  DescribeClusterOperationCommand,
  type KafkaClient,
  UpdateBrokerCountCommand,
  UpdateBrokerStorageCommand,
  UpdateBrokerTypeCommand,
  UpdateClusterConfigurationCommand,
  UpdateClusterKafkaVersionCommand,
  UpdateMonitoringCommand,
  UpdateSecurityCommand,
} from "@aws-sdk/client-kafka";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import { asGiven, isSame } from "../../meaning.js";
import { until } from "../../wait.js";
import { given } from "../known.js";
import { type ClusterInputs, toAuthentication, toEncryption } from "./shapes.js";

/** What a change starts: AWS follows it by this ARN. */
interface Started {
  readonly ClusterOperationArn?: string | undefined;
}
interface Target {
  readonly ClusterArn: string;
  /** The cluster's, so that AWS can tell that nobody else has changed it meanwhile. */
  readonly CurrentVersion: string;
}
interface Change {
  /** The part of the inputs that it is about. */
  readonly of: (inputs: ClusterInputs) => unknown;
  /** Starts it. */
  readonly start: (kafka: KafkaClient, target: Target, inputs: ClusterInputs) => Promise<Started>;
}

/**
 * AWS changes one thing of a cluster at a time, each by a call of its own, in this order. Bigger brokers come before more of
 * them, and both before a version that may need them.
 */
const CHANGES: readonly Change[] = [
  {
    of: ({ brokerNodeGroupInfo }) => brokerNodeGroupInfo.instanceType,
    start: (kafka, target, { brokerNodeGroupInfo: { instanceType: TargetInstanceType } }) =>
      kafka.send(new UpdateBrokerTypeCommand({ ...target, TargetInstanceType })),
  },
  {
    of: ({ brokerNodeGroupInfo }) => brokerNodeGroupInfo.storageInfo?.ebsStorageInfo?.volumeSize,
    start: (kafka, target, { brokerNodeGroupInfo: { storageInfo } }) => {
      const VolumeSizeGB = storageInfo?.ebsStorageInfo?.volumeSize;
      const TargetBrokerEBSVolumeInfo = [{ KafkaBrokerNodeId: "All", ...given({ VolumeSizeGB }) }];
      return kafka.send(new UpdateBrokerStorageCommand({ ...target, TargetBrokerEBSVolumeInfo }));
    },
  },
  {
    of: ({ numberOfBrokerNodes }) => numberOfBrokerNodes,
    start: (kafka, target, { numberOfBrokerNodes: TargetNumberOfBrokerNodes }) =>
      kafka.send(new UpdateBrokerCountCommand({ ...target, TargetNumberOfBrokerNodes })),
  },
  {
    of: ({ enhancedMonitoring }) => enhancedMonitoring,
    start: (kafka, target, { enhancedMonitoring: EnhancedMonitoring }) =>
      kafka.send(new UpdateMonitoringCommand({ ...target, ...given({ EnhancedMonitoring }) })),
  },
  {
    of: ({ clientAuthentication, encryptionInfo }) =>
      given({ clientAuthentication, clientBroker: encryptionInfo?.encryptionInTransit?.clientBroker }),
    start: (kafka, target, { clientAuthentication, encryptionInfo }) => {
      const ClientBroker = encryptionInfo?.encryptionInTransit?.clientBroker ?? "TLS";
      const ClientAuthentication = toAuthentication(clientAuthentication);
      // What is encrypted at rest, and among brokers, is for ever.
      const EncryptionInfo = toEncryption(encryptionInfo) && { EncryptionInTransit: { ClientBroker } };
      return kafka.send(new UpdateSecurityCommand({ ...target, ...given({ ClientAuthentication, EncryptionInfo }) }));
    },
  },
  {
    // A new version takes the configuration along: one that the old version does not know would be refused by itself.
    of: ({ kafkaVersion }) => kafkaVersion,
    start: (kafka, target, { kafkaVersion: TargetKafkaVersion, configurationInfo }) =>
      kafka.send(
        new UpdateClusterKafkaVersionCommand({
          ...target,
          TargetKafkaVersion,
          ...given({ ConfigurationInfo: toConfiguration(configurationInfo) }),
        }),
      ),
  },
  {
    of: ({ configurationInfo }) => configurationInfo,
    start: (kafka, target, { configurationInfo }) =>
      kafka.send(
        new UpdateClusterConfigurationCommand({ ...target, ConfigurationInfo: toConfiguration(configurationInfo) }),
      ),
  },
];

export function toConfiguration(wanted: ClusterInputs["configurationInfo"]) {
  return wanted && { Arn: wanted.arn, Revision: wanted.revision };
}

export interface ClusterChange {
  readonly arn: string;
  /** As the cluster is on AWS at that time: what an earlier try changed already is not changed again. */
  readonly live: () => Promise<{ readonly inputs: ClusterInputs; readonly version: string }>;
  readonly inputs: ClusterInputs;
}

/**
 * Makes a cluster what its inputs say, one change after the other, each waited for.
 * @throws UserError when AWS says that a change has failed
 */
export async function changeCluster({ arn, live, inputs }: ClusterChange, clients: AwsClients): Promise<void> {
  const kafka = await clients.kafka();
  for (const { of, start } of CHANGES) {
    const now = await live();
    const wanted = of(inputs);
    if (wanted === undefined || isSame(asGiven(of(now.inputs), wanted), wanted)) continue;
    const { ClusterOperationArn } = await start(kafka, { ClusterArn: arn, CurrentVersion: now.version }, inputs);
    await finished(ClusterOperationArn ?? "", clients);
  }
}

/** Bigger brokers take an hour and more. */
const CHANGE_SECONDS = 3 * 60 * 60;

async function finished(ClusterOperationArn: string, clients: AwsClients): Promise<void> {
  const kafka = await clients.kafka();
  const wait = { what: `the change ${ClusterOperationArn}`, seconds: CHANGE_SECONDS, signal: clients.signal };
  await until(wait, async () => {
    const { ClusterOperationInfo: info } = await kafka.send(
      new DescribeClusterOperationCommand({ ClusterOperationArn }),
    );
    if (info?.OperationState === "UPDATE_COMPLETE") return true;
    if (info?.OperationState !== "UPDATE_FAILED") return undefined;
    const { ErrorCode = "", ErrorString = "" } = info.ErrorInfo ?? {};
    throw new UserError(`${info.OperationType ?? "The change"} of the cluster has failed: ${ErrorCode} ${ErrorString}`);
  });
}
