import { CreateTagsCommand, DeleteTagsCommand, type ResourceType, type TagSpecification } from "@aws-sdk/client-ec2";
import type { AwsClients } from "../../clients.js";
import type { Data } from "../../kind.js";
import { retryOn, unless } from "../../wait.js";
import { tagChanges, tagsOf, toTagList } from "../tags.js";

/** Tags that EC2 puts on what it makes, in the same call; nothing when there are none, because EC2 refuses empty lists. */
export function tagSpecifications(type: ResourceType, inputs: Data): { TagSpecifications?: TagSpecification[] } {
  const tags = toTagList(tagsOf(inputs));
  return tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: type, Tags: tags }] };
}

/** Makes the tags of one EC2 resource those of the new inputs. */
export async function updateTags(
  id: string,
  { old, inputs }: { readonly old: Data; readonly inputs: Data },
  clients: AwsClients,
): Promise<void> {
  const { set, removed } = tagChanges(old, inputs);
  const client = await clients.ec2();
  if (removed.length > 0) {
    await client.send(new DeleteTagsCommand({ Resources: [id], Tags: removed.map((Key) => ({ Key })) }));
  }
  if (Object.keys(set).length > 0) {
    await client.send(new CreateTagsCommand({ Resources: [id], Tags: toTagList(set) }));
  }
}

export interface Removal {
  readonly what: string;
  /** AWS' errors that say that it is gone. */
  readonly gone: readonly string[];
  /** AWS' errors that end when what uses it has gone. @default DependencyViolation */
  readonly inUse?: readonly string[];
  readonly clients: AwsClients;
}

/** How long what uses it may take to go, in seconds: network interfaces of a deleted service take minutes. */
const IN_USE_SECONDS = 600;

/** Removes it: at once when nothing uses it, after a while when what uses it is going; success when it is gone already. */
export async function remove(removal: Removal, attempt: () => Promise<unknown>): Promise<void> {
  const { what, gone, inUse = ["DependencyViolation"], clients } = removal;
  const wait = { what: `${what} to be free`, seconds: IN_USE_SECONDS, signal: clients.signal };
  await unless(gone, () => retryOn(inUse, wait, attempt));
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html#amazonec2-resources-for-iam-policies */
export function ec2Arn({ region }: AwsClients, account: string | undefined, resource: string): string {
  return `arn:aws:ec2:${region}:${account ?? ""}:${resource}`;
}

/** The id of what was made; AWS' own types leave open that there is none. */
export function idOf(id: string | undefined, call: string): string {
  if (id !== undefined) return id;
  throw new Error(`${call} gave no id`);
}
