import { randomUUID } from "node:crypto";
import type {
  UpdateBrokerCountRequest,
  UpdateBrokerStorageRequest,
  UpdateBrokerTypeRequest,
  UpdateClusterConfigurationRequest,
  UpdateClusterKafkaVersionRequest,
  UpdateMonitoringRequest,
  UpdateSecurityRequest,
} from "@aws-sdk/client-kafka";
import { AwsError } from "../aws-error.js";
import { begin } from "../lifecycle.js";
import { configurationFields, newVersion } from "./clusters.js";
import {
  clusterOf,
  iso,
  type KafkaCall,
  type KafkaCluster,
  type KafkaOperation,
  type KafkaShape,
  requireActive,
  required,
} from "./state.js";
import { requireLater } from "./versions.js";

const CLUSTER = "/v1/clusters/{cluster}";

/** Operations that change a cluster: each its own call, one at a time. */
export const CHANGES: readonly KafkaOperation[] = [
  change("UpdateBrokerCount", `${CLUSTER}/nodes/count`, ({ info }, body: KafkaShape<UpdateBrokerCountRequest>) => {
    const count = required(body.targetNumberOfBrokerNodes, "targetNumberOfBrokerNodes");
    const zones = info.brokerNodeGroupInfo?.clientSubnets?.length ?? 1;
    if (count % zones !== 0 || count < zones)
      refuse(`The number of broker nodes must be a multiple of Availability Zones: ${count}, ${zones} zones`);
    info.numberOfBrokerNodes = count;
  }),
  change(
    "UpdateBrokerStorage",
    `${CLUSTER}/nodes/storage`,
    ({ info }, body: KafkaShape<UpdateBrokerStorageRequest>) => {
      const [target] = body.targetBrokerEBSVolumeInfo ?? [];
      const size = required(target?.volumeSizeGB, "volumeSizeGB");
      if (target?.kafkaBrokerNodeId !== "All") refuse("the sandbox changes the storage of all brokers alone");
      const group = required(info.brokerNodeGroupInfo, "brokerNodeGroupInfo");
      const before = group.storageInfo?.ebsStorageInfo?.volumeSize ?? 0;
      if (size <= before) refuse(`The volume size must grow: it is ${before} GiB, ${size} were asked for`);
      group.storageInfo = {
        ...group.storageInfo,
        ebsStorageInfo: { ...group.storageInfo?.ebsStorageInfo, volumeSize: size },
      };
    },
  ),
  change("UpdateBrokerType", `${CLUSTER}/nodes/type`, ({ info }, body: KafkaShape<UpdateBrokerTypeRequest>) => {
    required(info.brokerNodeGroupInfo, "brokerNodeGroupInfo").instanceType = required(
      body.targetInstanceType,
      "targetInstanceType",
    );
  }),
  change(
    "UpdateClusterConfiguration",
    `${CLUSTER}/configuration`,
    ({ info }, body: KafkaShape<UpdateClusterConfigurationRequest>, call) => {
      const fields = configurationFields(call.state, required(body.configurationInfo, "configurationInfo"));
      info.currentBrokerSoftwareInfo = { ...info.currentBrokerSoftwareInfo, ...fields };
    },
  ),
  change(
    "UpdateClusterKafkaVersion",
    `${CLUSTER}/version`,
    ({ info }, body: KafkaShape<UpdateClusterKafkaVersionRequest>, call) => {
      const version = required(body.targetKafkaVersion, "targetKafkaVersion");
      requireLater(info.currentBrokerSoftwareInfo?.kafkaVersion ?? "", version);
      const fields = configurationFields(call.state, body.configurationInfo);
      info.currentBrokerSoftwareInfo = { ...info.currentBrokerSoftwareInfo, ...fields, kafkaVersion: version };
    },
  ),
  change(
    "UpdateMonitoring",
    `${CLUSTER}/monitoring`,
    ({ info }, { enhancedMonitoring, openMonitoring, loggingInfo }: KafkaShape<UpdateMonitoringRequest>) => {
      if (enhancedMonitoring !== undefined) info.enhancedMonitoring = enhancedMonitoring;
      if (openMonitoring !== undefined) info.openMonitoring = openMonitoring;
      if (loggingInfo !== undefined) info.loggingInfo = loggingInfo;
    },
  ),
  change(
    "UpdateSecurity",
    `${CLUSTER}/security`,
    ({ info }, { clientAuthentication, encryptionInfo }: KafkaShape<UpdateSecurityRequest>) => {
      if (clientAuthentication !== undefined) info.clientAuthentication = clientAuthentication;
      if (encryptionInfo === undefined) return;
      const { encryptionInTransit } = info.encryptionInfo ?? {};
      info.encryptionInfo = {
        ...info.encryptionInfo,
        ...encryptionInfo,
        // Whether brokers encrypt among themselves is settled when the cluster is made.
        encryptionInTransit: { ...encryptionInTransit, ...encryptionInfo.encryptionInTransit },
      };
    },
  ),
];

function change<Body extends { readonly currentVersion?: string | undefined }>(
  name: string,
  path: string,
  make: (cluster: KafkaCluster, body: Body, call: KafkaCall) => void,
): KafkaOperation {
  const answer = (call: KafkaCall): object => {
    const cluster = clusterOf(call);
    const { info } = cluster.value;
    const body = call.body as Body;
    requireActive(cluster, call.now);
    if (body.currentVersion !== info.currentVersion)
      refuse(`The cluster's current version is ${info.currentVersion ?? ""}, not ${body.currentVersion ?? ""}`);
    make(cluster.value, body, call);
    info.currentVersion = newVersion();
    cluster.phase = begin("UPDATING", call.now);
    return note(cluster.value, kindOf(name), call.now);
  };
  return { name, method: name === "UpdateSecurity" ? "PATCH" : "PUT", path, answer };
}

/** As in `UPDATE_BROKER_COUNT`. */
function kindOf(name: string): string {
  return name.replaceAll(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

function note({ info, operations }: KafkaCluster, operationType: string, now: number): object {
  const clusterArn = info.clusterArn ?? "";
  const operationArn = `${clusterArn.replace(":cluster/", ":cluster-operation/")}/${randomUUID()}`;
  operations[operationArn] = {
    phase: begin("UPDATING", now),
    value: { clusterArn, operationArn, operationType, creationTime: iso(now) },
  };
  return { clusterArn, clusterOperationArn: operationArn };
}

function refuse(message: string): never {
  throw new AwsError("BadRequestException", message);
}
