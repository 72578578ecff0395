import type {
  BrokerNodeGroupInfo,
  ClientAuthentication,
  ClientBroker,
  ClusterInfo,
  EncryptionInfo,
  EnhancedMonitoring,
} from "@aws-sdk/client-kafka";
import type { Data } from "../../kind.js";
import { given, refuseUnknown } from "../known.js";

/** A cluster's inputs, as programs write them: the published provider has flatter shapes than AWS. */
export interface ClusterInputs {
  readonly clusterName: string;
  readonly kafkaVersion: string;
  readonly numberOfBrokerNodes: number;
  readonly brokerNodeGroupInfo: {
    readonly instanceType: string;
    readonly clientSubnets: readonly string[];
    readonly securityGroups: readonly string[];
    readonly storageInfo?: { readonly ebsStorageInfo?: { readonly volumeSize?: number } };
  };
  readonly clientAuthentication?: {
    readonly sasl?: { readonly iam?: boolean; readonly scram?: boolean };
    readonly unauthenticated?: boolean;
  };
  readonly encryptionInfo?: {
    readonly encryptionAtRestKmsKeyArn?: string;
    readonly encryptionInTransit?: { readonly clientBroker?: ClientBroker; readonly inCluster?: boolean };
  };
  readonly configurationInfo?: { readonly arn: string; readonly revision: number };
  readonly enhancedMonitoring?: EnhancedMonitoring;
}

/** @throws UserError for what the sandbox does not have */
export function toBrokers(brokers: ClusterInputs["brokerNodeGroupInfo"]): BrokerNodeGroupInfo {
  const { instanceType, clientSubnets, securityGroups, storageInfo } = brokers;
  const storage = storageInfo?.ebsStorageInfo;
  refuseUnknown("brokerNodeGroupInfo", brokers, ["instanceType", "clientSubnets", "securityGroups", "storageInfo"]);
  refuseUnknown("brokerNodeGroupInfo.storageInfo", storageInfo, ["ebsStorageInfo"]);
  refuseUnknown("brokerNodeGroupInfo.storageInfo.ebsStorageInfo", storage, ["volumeSize"]);
  return {
    InstanceType: instanceType,
    ClientSubnets: [...clientSubnets],
    SecurityGroups: [...securityGroups],
    ...(storage && { StorageInfo: { EbsStorageInfo: given({ VolumeSize: storage.volumeSize }) } }),
  };
}

/** @throws UserError for what the sandbox does not have */
export function toAuthentication(who: ClusterInputs["clientAuthentication"]): ClientAuthentication | undefined {
  if (who === undefined) return undefined;
  const { sasl, unauthenticated } = who;
  refuseUnknown("clientAuthentication", who, ["sasl", "unauthenticated"]);
  refuseUnknown("clientAuthentication.sasl", sasl, ["iam", "scram"]);
  return {
    ...(sasl && { Sasl: { Iam: { Enabled: sasl.iam ?? false }, Scram: { Enabled: sasl.scram ?? false } } }),
    ...(unauthenticated !== undefined && { Unauthenticated: { Enabled: unauthenticated } }),
  };
}

/** @throws UserError for what the sandbox does not have */
export function toEncryption(encryption: ClusterInputs["encryptionInfo"]): EncryptionInfo | undefined {
  if (encryption === undefined) return undefined;
  const { encryptionAtRestKmsKeyArn: DataVolumeKMSKeyId, encryptionInTransit: transit } = encryption;
  refuseUnknown("encryptionInfo", encryption, ["encryptionAtRestKmsKeyArn", "encryptionInTransit"]);
  refuseUnknown("encryptionInfo.encryptionInTransit", transit, ["clientBroker", "inCluster"]);
  return {
    ...(DataVolumeKMSKeyId !== undefined && { EncryptionAtRest: { DataVolumeKMSKeyId } }),
    // AWS' own are the published provider's too.
    EncryptionInTransit: { ClientBroker: transit?.clientBroker ?? "TLS", InCluster: transit?.inCluster ?? true },
  };
}

/** What AWS says of a cluster, as its inputs. */
export function fromCluster(found: ClusterInfo): Data {
  const { CurrentBrokerSoftwareInfo: software, BrokerNodeGroupInfo: brokers } = found;
  const { ClientAuthentication: who, EncryptionInfo: encryption } = found;
  return given({
    clusterName: found.ClusterName,
    kafkaVersion: software?.KafkaVersion,
    numberOfBrokerNodes: found.NumberOfBrokerNodes,
    brokerNodeGroupInfo: {
      instanceType: brokers?.InstanceType,
      clientSubnets: brokers?.ClientSubnets,
      securityGroups: brokers?.SecurityGroups,
      storageInfo: { ebsStorageInfo: { volumeSize: brokers?.StorageInfo?.EbsStorageInfo?.VolumeSize } },
    },
    clientAuthentication: {
      sasl: { iam: who?.Sasl?.Iam?.Enabled ?? false, scram: who?.Sasl?.Scram?.Enabled ?? false },
      unauthenticated: who?.Unauthenticated?.Enabled ?? false,
    },
    encryptionInfo: given({
      encryptionAtRestKmsKeyArn: encryption?.EncryptionAtRest?.DataVolumeKMSKeyId,
      encryptionInTransit: {
        clientBroker: encryption?.EncryptionInTransit?.ClientBroker,
        inCluster: encryption?.EncryptionInTransit?.InCluster,
      },
    }),
    configurationInfo:
      software?.ConfigurationArn === undefined
        ? undefined
        : { arn: software.ConfigurationArn, revision: software.ConfigurationRevision },
    enhancedMonitoring: found.EnhancedMonitoring,
  });
}
