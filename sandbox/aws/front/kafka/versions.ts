import { AwsError } from "../aws-error.js";
import type { KafkaCall, KafkaOperation } from "./state.js";

/** Versions without ZooKeeper, oldest first. https://docs.aws.amazon.com/msk/latest/developerguide/supported-kafka-versions.html */
const KAFKA_VERSIONS = ["3.7.x.kraft", "3.8.x.kraft", "3.9.x.kraft", "4.0.x.kraft", "4.1.x.kraft"];

export const VERSIONS: readonly KafkaOperation[] = [
  { name: "ListKafkaVersions", method: "GET", path: "/v1/kafka-versions", readsOnly: true, answer: listVersions },
  {
    name: "GetCompatibleKafkaVersions",
    method: "GET",
    path: "/v1/compatible-kafka-versions",
    readsOnly: true,
    answer: compatible,
  },
];

function listVersions(): object {
  return { kafkaVersions: KAFKA_VERSIONS.map((version) => ({ version, status: "ACTIVE" })) };
}

function compatible({ state, query }: KafkaCall): object {
  const arn = query.get("clusterArn");
  const source = arn === null ? undefined : state.clusters[arn]?.value.info.currentBrokerSoftwareInfo?.kafkaVersion;
  const sources = source === undefined ? KAFKA_VERSIONS : [source];
  return {
    compatibleKafkaVersions: sources.map((sourceVersion) => ({
      sourceVersion,
      targetVersions: laterThan(sourceVersion),
    })),
  };
}

function laterThan(version: string): readonly string[] {
  return KAFKA_VERSIONS.slice(KAFKA_VERSIONS.indexOf(version) + 1);
}

/** @throws AwsError when MSK does not have that version */
export function requireVersion(version: string): string {
  if (KAFKA_VERSIONS.includes(version)) return version;
  throw new AwsError(
    "BadRequestException",
    `Unsupported KafkaVersion [${version}]. Valid values: ${KAFKA_VERSIONS.join(", ")}`,
  );
}

/** A cluster never goes back. @throws AwsError when the version is not a later one */
export function requireLater(from: string, to: string): void {
  if (laterThan(from).includes(requireVersion(to))) return;
  throw new AwsError("BadRequestException", `Upgrading from Kafka version ${from} to ${to} isn't supported`);
}
