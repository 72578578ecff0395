import {
  CreateConfigurationCommand,
  DeleteConfigurationCommand,
  DescribeConfigurationCommand,
  DescribeConfigurationRevisionCommand,
  paginateListConfigurations,
  UpdateConfigurationCommand,
} from "@aws-sdk/client-kafka";
import type { AwsClients } from "../../clients.js";
import { isSame } from "../../meaning.js";
import type { AwsKind, Data } from "../../kind.js";
import { nameOf, retryOn, unless } from "../../wait.js";
import { given } from "../known.js";

interface Inputs {
  readonly name: string;
  readonly description?: string;
  readonly kafkaVersions?: readonly string[];
  /** Lines `name = value`. */
  readonly serverProperties: string;
}

/** Settings of brokers; each change is one more revision of it. Its id is its ARN. */
export const configuration: AwsKind = {
  type: "aws:msk/configuration:Configuration",
  inputs: { name: "replace", description: "update", kafkaVersions: "replace", serverProperties: "update" },
  required: ["name", "serverProperties"],
  computed: ["arn", "latestRevision"],
  deleteBeforeReplace: true,
  create,
  read,
  update: async (Arn, { inputs }, clients) => {
    const { description: Description, serverProperties } = inputs as unknown as Inputs;
    const ServerProperties = Buffer.from(serverProperties);
    const command = new UpdateConfigurationCommand({ Arn, ServerProperties, ...given({ Description }) });
    await (await clients.kafka()).send(command);
  },
  delete: async (Arn, clients) => {
    const kafka = await clients.kafka();
    const wait = { what: `configuration ${Arn} to be free`, seconds: 120, signal: clients.signal };
    // A cluster that was deleted a moment ago still counts as using it.
    const attempt = () => kafka.send(new DeleteConfigurationCommand({ Arn }));
    await unless(["NotFoundException"], () => retryOn(["BadRequestException"], wait, attempt));
  },
};

async function create(inputs: Data, clients: AwsClients): Promise<string> {
  const { name: Name, description: Description, kafkaVersions, serverProperties } = inputs as unknown as Inputs;
  const kafka = await clients.kafka();
  try {
    const command = new CreateConfigurationCommand({
      Name,
      ServerProperties: Buffer.from(serverProperties),
      ...given({ Description, KafkaVersions: kafkaVersions && [...kafkaVersions] }),
    });
    return (await kafka.send(command)).Arn ?? "";
  } catch (error) {
    const arn = nameOf(error) === "ConflictException" ? await findArn(Name, clients) : undefined;
    const live = arn === undefined ? undefined : await read(arn, clients);
    // The same in all: an earlier try has made it, whose answer was lost. Configurations have no tags that would say so.
    const isLost = live !== undefined && Object.entries(inputs).every(([name, value]) => isSame(value, live[name]));
    if (arn === undefined || !isLost) throw error;
    return arn;
  }
}

async function read(Arn: string, clients: AwsClients): Promise<Data | undefined> {
  const kafka = await clients.kafka();
  const found = await unless(["NotFoundException"], () => kafka.send(new DescribeConfigurationCommand({ Arn })));
  if (found === undefined) return undefined;
  const { Revision = 1, Description } = found.LatestRevision ?? {};
  const revision = await kafka.send(new DescribeConfigurationRevisionCommand({ Arn, Revision }));
  return {
    arn: Arn,
    name: found.Name,
    description: Description,
    kafkaVersions: found.KafkaVersions,
    latestRevision: Revision,
    serverProperties: Buffer.from(revision.ServerProperties ?? []).toString(),
  };
}

async function findArn(name: string, clients: AwsClients): Promise<string | undefined> {
  for await (const { Configurations = [] } of paginateListConfigurations({ client: await clients.kafka() }, {})) {
    const found = Configurations.find(({ Name }) => Name === name);
    if (found !== undefined) return found.Arn;
  }
  return undefined;
}
