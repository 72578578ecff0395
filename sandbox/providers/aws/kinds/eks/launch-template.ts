import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DeleteTagsCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  paginateDescribeTags,
  type TagDescription,
} from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { isSame } from "../../meaning.js";
import { unless } from "../../wait.js";
import { createOnce } from "../once.js";
import { fromTagList, tagChanges, type Tags, tagsOf, toTagList } from "../tags.js";
import { fromTemplateData, type LaunchTemplateInputs, toTemplateData } from "./launch-template-shapes.js";

/** AWS' codes for a template that is not there, by its id and by its name. */
const NO_TEMPLATE = [
  "InvalidLaunchTemplateId.NotFound",
  "InvalidLaunchTemplateId.NotFoundException",
  "InvalidLaunchTemplateName.NotFoundException",
];

/** How nodes of a node group are started, where the group has no setting of its own for it; each change is a version more. */
export const launchTemplate: AwsKind = {
  type: "aws:ec2/launchTemplate:LaunchTemplate",
  inputs: {
    name: "replace",
    metadataOptions: "update",
    blockDeviceMappings: "update",
    tagSpecifications: "update",
    tags: "update",
  },
  required: ["name"],
  computed: ["arn", "defaultVersion", "latestVersion"],
  create: async (inputs, clients) => {
    const wanted = inputs as unknown as LaunchTemplateInputs;
    const ec2 = await clients.ec2();
    const command = new CreateLaunchTemplateCommand({
      LaunchTemplateName: wanted.name,
      LaunchTemplateData: toTemplateData(wanted),
      ...tagged(tagsOf(inputs)),
    });
    return createOnce({
      taken: ["InvalidLaunchTemplateName.AlreadyExistsException"],
      inputs,
      make: async () => (await ec2.send(command)).LaunchTemplate?.LaunchTemplateId ?? "",
      find: async () => {
        const id = (await find({ LaunchTemplateNames: [wanted.name] }, clients))?.LaunchTemplateId;
        return id === undefined ? undefined : { id, live: await read(id, clients) };
      },
    });
  },
  // What was made with tags has them already on AWS; the emulator looks for them where these put them.
  settle: async (id, clients, inputs) => {
    const Tags = toTagList(tagsOf(inputs));
    if (Tags.length > 0) await (await clients.ec2()).send(new CreateTagsCommand({ Resources: [id], Tags }));
  },
  read,
  update: async (id, { old, inputs }, clients) => {
    const ec2 = await clients.ec2();
    const [before, after] = [old, inputs].map((each) => toTemplateData(each as unknown as LaunchTemplateInputs));
    if (!isSame(before, after)) {
      const version = { LaunchTemplateId: id, LaunchTemplateData: after };
      await ec2.send(new CreateLaunchTemplateVersionCommand(version));
    }
    const Tags = tagChanges(old, inputs).removed.map((Key) => ({ Key }));
    if (Tags.length > 0) await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags }));
  },
  delete: async (id, clients) => {
    const ec2 = await clients.ec2();
    await unless(NO_TEMPLATE, () => ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: id })));
  },
};

async function read(id: string, clients: AwsClients): Promise<Data | undefined> {
  const found = await find({ LaunchTemplateIds: [id] }, clients);
  if (found === undefined) return undefined;
  const ec2 = await clients.ec2();
  const latest = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: ["$Latest"] });
  const { LaunchTemplateVersions: [version] = [] } = await ec2.send(latest);
  return {
    name: found.LaunchTemplateName,
    ...fromTemplateData(version?.LaunchTemplateData ?? {}),
    arn: `arn:aws:ec2:${clients.region}:${await clients.account()}:launch-template/${id}`,
    defaultVersion: found.DefaultVersionNumber,
    latestVersion: found.LatestVersionNumber,
    tags: await readTags(id, clients),
  };
}

async function readTags(id: string, clients: AwsClients): Promise<Tags> {
  const tags: TagDescription[] = [];
  const of = { Filters: [{ Name: "resource-id", Values: [id] }] };
  for await (const page of paginateDescribeTags({ client: await clients.ec2() }, of)) tags.push(...(page.Tags ?? []));
  return fromTagList(tags);
}

async function find(
  by: { readonly LaunchTemplateIds?: string[]; readonly LaunchTemplateNames?: string[] },
  clients: AwsClients,
) {
  const ec2 = await clients.ec2();
  const found = await unless(NO_TEMPLATE, () => ec2.send(new DescribeLaunchTemplatesCommand(by)));
  return found?.LaunchTemplates?.[0];
}

function tagged(tags: Tags) {
  if (Object.keys(tags).length === 0) return {};
  return { TagSpecifications: [{ ResourceType: "launch-template" as const, Tags: toTagList(tags) }] };
}
