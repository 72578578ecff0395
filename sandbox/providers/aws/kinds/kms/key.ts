import {
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  paginateListResourceTags,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateKeyDescriptionCommand,
  type Tag,
} from "@aws-sdk/client-kms";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { given } from "../known.js";
import { hasChanged, tagChanges, type Tags, tagsOf } from "../tags.js";

interface Inputs {
  readonly description?: string;
  readonly enableKeyRotation?: boolean;
  readonly deletionWindowInDays?: number;
  readonly policy?: string;
}

/** Days; AWS' own. https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const DELETION_WINDOW = 30;
/** The only policy that a key has. */
const POLICY_NAME = "default";

/** A symmetric key for encryption; a deleted one only waits for its end, but nothing can use it any more. */
export const key: AwsKind = {
  type: "aws:kms/key:Key",
  inputs: {
    description: "update",
    enableKeyRotation: "update",
    deletionWindowInDays: "update",
    policy: "update",
    tags: "update",
  },
  required: [],
  defaults: { enableKeyRotation: false },
  computed: ["arn", "keyId"],
  create: async (inputs, clients) => {
    const { description, policy } = inputs as Inputs;
    const command = new CreateKeyCommand({
      ...given({ Description: description, Policy: policy }),
      Tags: toKeyTags(tagsOf(inputs)),
    });
    const { KeyMetadata } = await (await clients.kms()).send(command);
    return KeyMetadata?.KeyId ?? "";
  },
  settle: async (KeyId, clients, inputs) => {
    const { enableKeyRotation } = inputs as Inputs;
    const kms = await clients.kms();
    if (enableKeyRotation === true) await kms.send(new EnableKeyRotationCommand({ KeyId }));
    else await kms.send(new DisableKeyRotationCommand({ KeyId }));
  },
  read,
  update: async (KeyId, change, clients) => {
    const { description: Description = "", policy: Policy } = change.inputs as Inputs;
    const kms = await clients.kms();
    if (hasChanged("description", change)) await kms.send(new UpdateKeyDescriptionCommand({ KeyId, Description }));
    if (hasChanged("policy", change) && Policy !== undefined) {
      await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: POLICY_NAME, Policy }));
    }
    const { set, removed } = tagChanges(change.old, change.inputs);
    if (removed.length > 0) await kms.send(new UntagResourceCommand({ KeyId, TagKeys: [...removed] }));
    if (Object.keys(set).length > 0) await kms.send(new TagResourceCommand({ KeyId, Tags: toKeyTags(set) }));
  },
  delete: async (KeyId, clients, last) => {
    const { deletionWindowInDays: PendingWindowInDays = DELETION_WINDOW } = last as Inputs;
    const command = new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays });
    // The second: its end is near already.
    await unless(["NotFoundException", "KMSInvalidStateException"], async () => (await clients.kms()).send(command));
  },
};

async function read(KeyId: string, clients: AwsClients, last: Data): Promise<Data | undefined> {
  const kms = await clients.kms();
  const found = await unless(["NotFoundException"], () => kms.send(new DescribeKeyCommand({ KeyId })));
  const metadata = found?.KeyMetadata;
  if (metadata === undefined || metadata.KeyState === "PendingDeletion") return undefined;
  const [rotation, policy, tags] = await Promise.all([
    kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: POLICY_NAME })),
    readTags(KeyId, clients),
  ]);
  return {
    arn: metadata.Arn,
    keyId: metadata.KeyId,
    description: metadata.Description,
    enableKeyRotation: rotation.KeyRotationEnabled ?? false,
    policy: policy.Policy,
    // AWS keeps it only once the key is to be deleted.
    deletionWindowInDays: last["deletionWindowInDays"] ?? DELETION_WINDOW,
    tags,
  };
}

async function readTags(KeyId: string, clients: AwsClients): Promise<Tags> {
  const tags: Tag[] = [];
  for await (const page of paginateListResourceTags({ client: await clients.kms() }, { KeyId })) {
    tags.push(...(page.Tags ?? []));
  }
  return Object.fromEntries(tags.map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]));
}

/** Keys' tags have names of their own. */
function toKeyTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
