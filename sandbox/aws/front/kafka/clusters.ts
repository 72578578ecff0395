import { randomBytes, randomUUID } from "node:crypto";
import type { ClusterInfo, CreateClusterRequest } from "@aws-sdk/client-kafka";
import { ACCOUNT, REGION } from "../../account.js";
import { AwsError } from "../aws-error.js";
import { alive, begin, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
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
import { requireVersion } from "./versions.js";

const V1 = "/v1/clusters";
const V2 = "/api/v2/clusters";

/** Operations on clusters themselves, in both versions of the API. */
export const CLUSTERS: readonly KafkaOperation[] = [
  {
    name: "CreateCluster",
    method: "POST",
    path: V1,
    answer: (call) => create(call, call.body as KafkaShape<CreateClusterRequest>),
  },
  { name: "CreateClusterV2", method: "POST", path: V2, answer: createV2 },
  {
    name: "DescribeCluster",
    method: "GET",
    path: `${V1}/{cluster}`,
    readsOnly: true,
    answer: (call) => ({ clusterInfo: shown(clusterOf(call), call.now) }),
  },
  {
    name: "DescribeClusterV2",
    method: "GET",
    path: `${V2}/{cluster}`,
    readsOnly: true,
    answer: (call) => ({ clusterInfo: shownV2(clusterOf(call), call.now) }),
  },
  { name: "ListClusters", method: "GET", path: V1, readsOnly: true, answer: (call) => list(call, shown) },
  { name: "ListClustersV2", method: "GET", path: V2, readsOnly: true, answer: (call) => list(call, shownV2) },
  { name: "DeleteCluster", method: "DELETE", path: `${V1}/{cluster}`, answer: deleteCluster },
  {
    name: "GetBootstrapBrokers",
    method: "GET",
    path: `${V1}/{cluster}/bootstrap-brokers`,
    readsOnly: true,
    answer: bootstrap,
  },
  { name: "ListNodes", method: "GET", path: `${V1}/{cluster}/nodes`, readsOnly: true, answer: listNodes },
];

type Request = Partial<KafkaShape<CreateClusterRequest>>;

function createV2(call: KafkaCall): object {
  const { provisioned, serverless, clusterName, tags } = call.body as Request & {
    readonly provisioned?: Request;
    readonly serverless?: unknown;
  };
  if (serverless !== undefined)
    throw new AwsError("UnsupportedOperation", "the sandbox has no serverless clusters of MSK");
  return { ...create(call, { ...provisioned, clusterName, tags }), clusterType: "PROVISIONED" };
}

function create({ state, now }: KafkaCall, request: Request): object {
  const { kafkaVersion, configurationInfo, ...kept } = request;
  const clusterName = required(kept.clusterName, "clusterName");
  const brokers = required(kept.numberOfBrokerNodes, "numberOfBrokerNodes");
  const group = required(kept.brokerNodeGroupInfo, "brokerNodeGroupInfo");
  if (!/^[a-zA-Z0-9][a-zA-Z0-9-]{0,63}$/.test(clusterName))
    throw new AwsError("BadRequestException", `The cluster name ${clusterName} isn't valid`);
  const zones = group.clientSubnets?.length ?? 0;
  if (zones < 2 || brokers % zones !== 0) {
    throw new AwsError(
      "BadRequestException",
      `The number of broker nodes must be a multiple of Availability Zones: ${brokers} brokers, ${zones} client subnets`,
    );
  }
  if (alive(state.clusters, now).some(({ value }) => value.info.clusterName === clusterName)) {
    throw new AwsError("ConflictException", "A resource with this name already exists.");
  }
  const software = {
    ...configurationFields(state, configurationInfo),
    kafkaVersion: requireVersion(required(kafkaVersion, "kafkaVersion")),
  };
  const clusterArn = `arn:aws:kafka:${REGION}:${ACCOUNT}:cluster/${clusterName}/${randomUUID()}-1`;
  const info: KafkaShape<ClusterInfo> = {
    ...DEFAULTS,
    ...kept,
    clusterName,
    numberOfBrokerNodes: brokers,
    clusterArn,
    creationTime: iso(now),
    currentVersion: newVersion(),
    currentBrokerSoftwareInfo: software,
    tags: kept.tags ?? {},
  };
  state.clusters[clusterArn] = { phase: begin("CREATING", now), value: { info, topics: {}, operations: {} } };
  return { clusterArn, clusterName, state: "CREATING" };
}

const DEFAULTS = {
  enhancedMonitoring: "DEFAULT",
  storageMode: "LOCAL",
  customerActionStatus: "NONE",
} satisfies Partial<KafkaShape<ClusterInfo>>;

/** How MSK tells clients that somebody else has changed the cluster meanwhile. */
export function newVersion(): string {
  return `K${randomBytes(7).toString("hex").toUpperCase()}`;
}

/** The revision of a configuration that a cluster is to have. @throws AwsError when there is none */
export function configurationFields(
  { configurations }: KafkaCall["state"],
  wanted: Request["configurationInfo"],
): { readonly configurationArn?: string; readonly configurationRevision?: number } {
  if (wanted === undefined) return {};
  const { arn = "", revision = 0 } = wanted;
  if (configurations[arn]?.revisions.some((one) => one.revision === revision) !== true) {
    throw new AwsError("BadRequestException", `The configuration ${arn} has no revision ${revision}`);
  }
  return { configurationArn: arn, configurationRevision: revision };
}

function shown(cluster: Lived<KafkaCluster>, now: number): KafkaShape<ClusterInfo> {
  return { ...cluster.value.info, state: statusOf(cluster, now) ?? "DELETING" };
}

function shownV2(cluster: Lived<KafkaCluster>, now: number): object {
  const { clusterArn, clusterName, creationTime, currentVersion, state, tags, ...provisioned } = shown(cluster, now);
  return {
    clusterType: "PROVISIONED",
    clusterArn,
    clusterName,
    creationTime,
    currentVersion,
    state,
    tags,
    provisioned,
  };
}

function list({ state, query, now }: KafkaCall, show: (cluster: Lived<KafkaCluster>, now: number) => object): object {
  const prefix = query.get("clusterNameFilter") ?? "";
  const found = alive(state.clusters, now).filter(({ value }) => value.info.clusterName?.startsWith(prefix));
  const { items, ...next } = page(
    found.map((cluster) => show(cluster, now)),
    query,
  );
  return { clusterInfoList: items, ...next };
}

function deleteCluster(call: KafkaCall): object {
  const cluster = clusterOf(call);
  requireActive(cluster, call.now);
  cluster.phase = begin("DELETING", call.now);
  const { clusterArn, clusterName } = cluster.value.info;
  return { clusterArn, clusterName, state: "DELETING" };
}

/** Names as MSK gives them; no broker answers there. */
function bootstrap(call: KafkaCall): object {
  const cluster = clusterOf(call);
  requireActive(cluster, call.now);
  const { clientAuthentication } = cluster.value.info;
  const brokers = (port: number): string =>
    brokerHosts(cluster.value)
      .map((host) => `${host}:${port}`)
      .join(",");
  return {
    ...(clientAuthentication?.sasl?.iam?.enabled === true ? { bootstrapBrokerStringSaslIam: brokers(9098) } : {}),
    ...(clientAuthentication?.sasl?.scram?.enabled === true ? { bootstrapBrokerStringSaslScram: brokers(9096) } : {}),
    ...(clientAuthentication?.tls?.enabled === true ? { bootstrapBrokerStringTls: brokers(9094) } : {}),
  };
}

function brokerHosts({ info }: KafkaCluster): readonly string[] {
  const { clusterName = "", clusterArn = "", numberOfBrokerNodes = 0 } = info;
  const id = clusterArn.split("/").at(-1)?.slice(0, 6) ?? "";
  const domain = `${clusterName.toLowerCase().replaceAll("-", "")}.${id}.c2.kafka.${REGION}.amazonaws.com`;
  return Array.from({ length: numberOfBrokerNodes }, (_, index) => `b-${index + 1}.${domain}`);
}

function listNodes(call: KafkaCall): object {
  const { value } = clusterOf(call);
  const { brokerNodeGroupInfo, clusterArn, currentBrokerSoftwareInfo } = value.info;
  const subnets = brokerNodeGroupInfo?.clientSubnets ?? [];
  const nodes = brokerHosts(value).map((endpoint, index) => ({
    nodeType: "BROKER",
    nodeARN: `${clusterArn ?? ""}/${index + 1}`,
    instanceType: brokerNodeGroupInfo?.instanceType,
    brokerNodeInfo: {
      brokerId: index + 1,
      clientSubnet: subnets[index % subnets.length],
      endpoints: [endpoint],
      currentBrokerSoftwareInfo,
    },
  }));
  const { items, ...next } = page(nodes, call.query);
  return { nodeInfoList: items, ...next };
}
