import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  type EncryptionType,
  type ImageTagMutability,
  ListTagsForResourceCommand,
  PutImageScanningConfigurationCommand,
  PutImageTagMutabilityCommand,
  type Repository,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-ecr";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given, refuseUnknown } from "../known.js";
import { createOnce } from "../once.js";
import { fromTagList, hasChanged, tagChanges, type Tags, tagsOf, toTagList } from "../tags.js";

interface Inputs {
  readonly name: string;
  readonly imageTagMutability?: ImageTagMutability;
  readonly imageScanningConfiguration?: { readonly scanOnPush: boolean };
  readonly encryptionConfigurations?: readonly { readonly encryptionType?: EncryptionType; readonly kmsKey?: string }[];
  /** Kept in the state alone: whether a deleted repository may hold images. */
  readonly forceDelete?: boolean;
}

const NO_REPOSITORY = ["RepositoryNotFoundException"];

/** A repository of container images. */
export const repository: AwsKind = {
  type: "aws:ecr/repository:Repository",
  inputs: {
    name: "replace",
    imageTagMutability: "update",
    imageScanningConfiguration: "update",
    encryptionConfigurations: "replace",
    forceDelete: "update",
    tags: "update",
  },
  required: ["name"],
  defaults: { imageTagMutability: "MUTABLE" },
  computed: ["arn", "registryId", "repositoryUrl"],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { name } = inputs as unknown as Inputs;
    const command = createCommand(inputs as unknown as Inputs, tagsOf(inputs));
    return createOnce({
      taken: ["RepositoryAlreadyExistsException"],
      inputs,
      make: async () => {
        await (await clients.ecr()).send(command);
        return name;
      },
      find: async () => ({ id: name, live: await read(name, clients, inputs) }),
    });
  },
  read,
  update: async (repositoryName, change, clients) => {
    const { imageTagMutability, imageScanningConfiguration = { scanOnPush: false } } =
      change.inputs as unknown as Inputs;
    const ecr = await clients.ecr();
    if (hasChanged("imageTagMutability", change)) {
      await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability }));
    }
    if (hasChanged("imageScanningConfiguration", change)) {
      await ecr.send(new PutImageScanningConfigurationCommand({ repositoryName, imageScanningConfiguration }));
    }
    const { set, removed } = tagChanges(change.old, change.inputs);
    const resourceArn = String(change.old["arn"]);
    if (removed.length > 0) await ecr.send(new UntagResourceCommand({ resourceArn, tagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await ecr.send(new TagResourceCommand({ resourceArn, tags: toTagList(set) }));
  },
  delete: async (repositoryName, clients, last) => {
    const { forceDelete: force = false } = last as unknown as Inputs;
    const ecr = await clients.ecr();
    await unless(NO_REPOSITORY, () => ecr.send(new DeleteRepositoryCommand({ repositoryName, force })));
  },
};

function createCommand(inputs: Inputs, tags: Tags): CreateRepositoryCommand {
  const { name, imageTagMutability, imageScanningConfiguration, encryptionConfigurations = [] } = inputs;
  refuseUnknown("imageScanningConfiguration", imageScanningConfiguration, ["scanOnPush"]);
  refuseUnknown("encryptionConfigurations", encryptionConfigurations, ["encryptionType", "kmsKey"]);
  const [encryption] = encryptionConfigurations;
  return new CreateRepositoryCommand({
    repositoryName: name,
    ...given({ imageTagMutability, imageScanningConfiguration }),
    ...(encryption && {
      encryptionConfiguration: {
        encryptionType: encryption.encryptionType ?? "AES256",
        ...given({ kmsKey: encryption.kmsKey }),
      },
    }),
    tags: toTagList(tags),
  });
}

async function read(id: string, clients: AwsClients, last: Data): Promise<Data | undefined> {
  const found = await findRepository(id, clients);
  if (found === undefined) return undefined;
  const { encryptionConfiguration: encryption } = found;
  return {
    name: found.repositoryName,
    arn: found.repositoryArn,
    registryId: found.registryId,
    repositoryUrl: found.repositoryUri,
    imageTagMutability: found.imageTagMutability,
    imageScanningConfiguration: { scanOnPush: found.imageScanningConfiguration?.scanOnPush ?? false },
    ...given({ encryptionConfigurations: encryption && [encryption] }),
    forceDelete: last["forceDelete"] ?? false,
    tags: await readTags(found, clients),
  };
}

async function findRepository(name: string, clients: AwsClients): Promise<Repository | undefined> {
  const ecr = await clients.ecr();
  const command = new DescribeRepositoriesCommand({ repositoryNames: [name] });
  return (await unless(NO_REPOSITORY, () => ecr.send(command)))?.repositories?.[0];
}

async function readTags({ repositoryArn }: Repository, clients: AwsClients): Promise<Tags> {
  const { tags } = await (await clients.ecr()).send(new ListTagsForResourceCommand({ resourceArn: repositoryArn }));
  return fromTagList(tags);
}
