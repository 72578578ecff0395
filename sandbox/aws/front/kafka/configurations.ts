import { randomUUID } from "node:crypto";
import type { CreateConfigurationRequest, UpdateConfigurationRequest } from "@aws-sdk/client-kafka";
import { ACCOUNT, REGION } from "../../account.js";
import { AwsError } from "../aws-error.js";
import { alive } from "../lifecycle.js";
import { page } from "../operations.js";
import {
  iso,
  type KafkaCall,
  type KafkaConfiguration,
  type KafkaOperation,
  type KafkaShape,
  required,
} from "./state.js";

const MANY = "/v1/configurations";
const ONE = `${MANY}/{configuration}`;

/** Operations on configurations, whose every change is a revision more. */
export const CONFIGURATIONS: readonly KafkaOperation[] = [
  { name: "CreateConfiguration", method: "POST", path: MANY, answer: create },
  {
    name: "DescribeConfiguration",
    method: "GET",
    path: ONE,
    readsOnly: true,
    answer: (call) => configurationOf(call).info,
  },
  { name: "ListConfigurations", method: "GET", path: MANY, readsOnly: true, answer: list },
  { name: "UpdateConfiguration", method: "PUT", path: ONE, answer: update },
  { name: "DeleteConfiguration", method: "DELETE", path: ONE, answer: remove },
  {
    name: "DescribeConfigurationRevision",
    method: "GET",
    path: `${ONE}/revisions/{revision}`,
    readsOnly: true,
    answer: describeRevision,
  },
  {
    name: "ListConfigurationRevisions",
    method: "GET",
    path: `${ONE}/revisions`,
    readsOnly: true,
    answer: listRevisions,
  },
];

function create({ state, body, now }: KafkaCall): object {
  const request = body as KafkaShape<CreateConfigurationRequest>;
  const name = required(request.name, "name");
  const serverProperties = required(request.serverProperties, "serverProperties");
  if (Object.values(state.configurations).some(({ info }) => info.name === name)) {
    throw new AwsError("ConflictException", "A resource with this name already exists.");
  }
  const arn = `arn:aws:kafka:${REGION}:${ACCOUNT}:configuration/${name}/${randomUUID()}-1`;
  const { description = "", kafkaVersions = [] } = request;
  const revision = { revision: 1, creationTime: iso(now), description };
  const info = {
    arn,
    name,
    description,
    kafkaVersions,
    state: "ACTIVE" as const,
    creationTime: iso(now),
    latestRevision: revision,
  };
  state.configurations[arn] = { info, revisions: [{ ...revision, arn, serverProperties }], tags: {} };
  return { arn, name, creationTime: info.creationTime, latestRevision: revision, state: "ACTIVE" };
}

function configurationOf({ state, params }: KafkaCall): KafkaConfiguration {
  const arn = params["configuration"] ?? "";
  const found = Object.hasOwn(state.configurations, arn) ? state.configurations[arn] : undefined;
  if (found === undefined) throw new AwsError("NotFoundException", `The configuration ${arn} doesn't exist`);
  return found;
}

function list({ state, query }: KafkaCall): object {
  const { items, ...next } = page(Object.values(state.configurations), query);
  return { configurations: items.map(({ info }) => info), ...next };
}

function update(call: KafkaCall): object {
  const { info, revisions } = configurationOf(call);
  const { serverProperties, description = "" } = call.body as KafkaShape<UpdateConfigurationRequest>;
  const arn = info.arn ?? "";
  const revision = { revision: revisions.length + 1, creationTime: iso(call.now), description };
  revisions.push({ ...revision, arn, serverProperties: required(serverProperties, "serverProperties") });
  info.latestRevision = revision;
  return { arn, latestRevision: revision };
}

function remove(call: KafkaCall): object {
  const { info } = configurationOf(call);
  const arn = info.arn ?? "";
  const user = alive(call.state.clusters, call.now).find(
    ({ value }) => value.info.currentBrokerSoftwareInfo?.configurationArn === arn,
  );
  if (user !== undefined)
    throw new AwsError(
      "BadRequestException",
      `The configuration is in use by cluster ${user.value.info.clusterName ?? ""}`,
    );
  Reflect.deleteProperty(call.state.configurations, arn);
  return { arn, state: "DELETING" };
}

function describeRevision(call: KafkaCall): object {
  const { revisions } = configurationOf(call);
  const number = call.params["revision"] ?? "";
  const found = revisions.find(({ revision }) => String(revision) === number);
  if (found === undefined) throw new AwsError("NotFoundException", `The configuration has no revision ${number}`);
  return found;
}

function listRevisions(call: KafkaCall): object {
  const { items, ...next } = page(configurationOf(call).revisions, call.query);
  return {
    revisions: items.map(({ revision, creationTime, description }) => ({ revision, creationTime, description })),
    ...next,
  };
}
