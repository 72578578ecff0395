import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  type KeyMetadata,
  ListKeysCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import { isMissing } from "../../ed8kctl/aws/refusals.js";
import { UserError } from "../../errors.js";
import type { BootstrapPart } from "./part.js";
import type { StatePlan } from "./plan.js";

/** The key that encrypts what is secret in stacks, and the bucket. */
export function keyParts(kms: Pick<KMSClient, "send">, plan: StatePlan): readonly BootstrapPart[] {
  const { alias } = plan;
  return [
    {
      what: `KMS key ${alias}`,
      isDone: async () => (await keyOf(kms, plan)) !== undefined,
      async make() {
        const key = (await madeBefore(kms, plan)) ?? (await createKey(kms, plan));
        await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: key }));
      },
    },
    {
      what: "the key is rotated every year",
      async isDone() {
        const key = await keyOf(kms, plan);
        if (key === undefined) return false;
        const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: key }));
        return KeyRotationEnabled === true;
      },
      async make() {
        await kms.send(new EnableKeyRotationCommand({ KeyId: await keyOf(kms, plan) }));
      },
    },
  ];
}

/** @throws UserError when the key is there and cannot be used: stacks that it has encrypted are lost with it */
async function keyOf(kms: Pick<KMSClient, "send">, { alias, region }: StatePlan): Promise<string | undefined> {
  const metadata = await describe(kms, alias);
  if (metadata === undefined) return undefined;
  const { KeyId, KeyState } = metadata;
  if (KeyState === "Enabled") return KeyId;
  const back =
    KeyState === "PendingDeletion" ? `aws kms cancel-key-deletion --key-id ${KeyId} --region ${region} && ` : "";
  throw new UserError(`the KMS key ${alias} (${KeyId}) is ${KeyState ?? "in an unknown state"}, not Enabled`, {
    hint: `${back}aws kms enable-key --key-id ${KeyId} --region ${region}`,
  });
}

async function describe(
  kms: Pick<KMSClient, "send">,
  id: string,
): Promise<(KeyMetadata & { KeyId: string }) | undefined> {
  try {
    const { KeyMetadata: metadata } = await kms.send(new DescribeKeyCommand({ KeyId: id }));
    return metadata?.KeyId === undefined ? undefined : { ...metadata, KeyId: metadata.KeyId };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function createKey(kms: Pick<KMSClient, "send">, { tags }: StatePlan): Promise<string | undefined> {
  const { KeyMetadata: metadata } = await kms.send(
    new CreateKeyCommand({ Description: "Encrypts the state of ED8K's stacks", Tags: tagList(tags) }),
  );
  return metadata?.KeyId;
}

/** The key of a run that was killed before it could name it; else each such run would leave one. */
async function madeBefore(kms: Pick<KMSClient, "send">, { tags }: StatePlan): Promise<string | undefined> {
  const denials: Error[] = [];
  let looked = 0;
  for (let Marker: string | undefined; ;) {
    const { Keys = [], NextMarker } = await kms.send(new ListKeysCommand(Marker === undefined ? {} : { Marker }));
    for (const { KeyId } of Keys) {
      if (KeyId === undefined) continue;
      const answer = await hasTags(kms, KeyId, tags).catch(denialOf);
      if (answer === true) return KeyId;
      if (answer === false) looked += 1;
      else denials.push(answer);
    }
    if (NextMarker === undefined) break;
    Marker = NextMarker;
  }
  // Who may look at no key at all lacks the right to look.
  const [denial] = denials;
  if (denial !== undefined && looked === 0) throw denial;
  return undefined;
}

/** A key whose own policy keeps whoever asks from looking at it is somebody else's. */
function denialOf(error: unknown): Error {
  if (error instanceof Error && error.name === "AccessDeniedException") return error;
  throw error;
}

async function hasTags(kms: Pick<KMSClient, "send">, key: string, tags: StatePlan["tags"]): Promise<boolean> {
  const metadata = await describe(kms, key);
  if (metadata?.KeyState !== "Enabled" || metadata.KeyManager === "AWS") return false;
  const { Tags = [] } = await kms.send(new ListResourceTagsCommand({ KeyId: key }));
  return Object.entries(tags).every(([name, value]) =>
    Tags.some(({ TagKey, TagValue }) => TagKey === name && TagValue === value),
  );
}

function tagList(tags: StatePlan["tags"]) {
  return Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
}
