import {
  type Budget,
  type BudgetType,
  CreateBudgetCommand,
  DeleteBudgetCommand,
  DescribeBudgetCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  type TimeUnit,
  UntagResourceCommand,
  UpdateBudgetCommand,
} from "@aws-sdk/client-budgets";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { unless } from "../../wait.js";
import { createOnce } from "../once.js";
import { fromTagList, tagChanges, type Tags, tagsOf, toTagList } from "../tags.js";
import {
  type BudgetKey,
  type BudgetNotification,
  readNotifications,
  toNotification,
  updateNotifications,
} from "./notifications.js";

interface Inputs {
  readonly name: string;
  readonly budgetType: BudgetType;
  readonly limitAmount: string;
  readonly limitUnit: string;
  readonly timeUnit: TimeUnit;
  readonly notifications?: readonly BudgetNotification[];
}

/** What a month may cost; its id is `<account>:<name>`. */
export const budget: AwsKind = {
  type: "aws:budgets/budget:Budget",
  inputs: {
    name: "replace",
    budgetType: "update",
    limitAmount: "update",
    limitUnit: "update",
    timeUnit: "update",
    notifications: "update",
    tags: "update",
  },
  required: ["name", "budgetType", "limitAmount", "limitUnit", "timeUnit"],
  defaults: { notifications: [] },
  computed: ["arn", "accountId"],
  create: async (inputs, clients) => {
    const { name, notifications = [] } = inputs as unknown as Inputs;
    const AccountId = await clients.account();
    const id = `${AccountId}:${name}`;
    const command = new CreateBudgetCommand({
      AccountId,
      Budget: toBudget(inputs),
      NotificationsWithSubscribers: notifications.map(toNotification),
      ResourceTags: toTagList(tagsOf(inputs)),
    });
    return createOnce({
      taken: ["DuplicateRecordException"],
      inputs,
      make: async () => {
        await (await clients.budgets()).send(command);
        return id;
      },
      find: async () => ({ id, live: await read(id, clients) }),
    });
  },
  read,
  update: async (id, { old, inputs }, clients) => {
    const key = keyOf(id);
    const client = await clients.budgets();
    await client.send(new UpdateBudgetCommand({ AccountId: key.AccountId, NewBudget: toBudget(inputs) }));
    await updateNotifications(key, (inputs as unknown as Inputs).notifications ?? [], clients);
    const { set, removed } = tagChanges(old, inputs);
    const ResourceARN = arnOf(key);
    if (removed.length > 0) await client.send(new UntagResourceCommand({ ResourceARN, ResourceTagKeys: [...removed] }));
    if (Object.keys(set).length > 0) {
      await client.send(new TagResourceCommand({ ResourceARN, ResourceTags: toTagList(set) }));
    }
  },
  delete: async (id, clients) => {
    await unless(["NotFoundException"], async () => (await clients.budgets()).send(new DeleteBudgetCommand(keyOf(id))));
  },
};

async function read(id: string, clients: AwsClients): Promise<Data | undefined> {
  const key = keyOf(id);
  const client = await clients.budgets();
  const found = (await unless(["NotFoundException"], () => client.send(new DescribeBudgetCommand(key))))?.Budget;
  if (found === undefined) return undefined;
  return {
    name: found.BudgetName,
    arn: arnOf(key),
    accountId: key.AccountId,
    budgetType: found.BudgetType,
    limitAmount: found.BudgetLimit?.Amount,
    limitUnit: found.BudgetLimit?.Unit,
    timeUnit: found.TimeUnit,
    notifications: await readNotifications(key, clients),
    tags: await readTags(key, clients),
  };
}

function toBudget(inputs: Data): Budget {
  const { name, budgetType, limitAmount, limitUnit, timeUnit } = inputs as unknown as Inputs;
  return {
    BudgetName: name,
    BudgetType: budgetType,
    BudgetLimit: { Amount: limitAmount, Unit: limitUnit },
    TimeUnit: timeUnit,
  };
}

async function readTags(key: BudgetKey, clients: AwsClients): Promise<Tags> {
  const command = new ListTagsForResourceCommand({ ResourceARN: arnOf(key) });
  return fromTagList((await (await clients.budgets()).send(command)).ResourceTags);
}

function keyOf(id: string): BudgetKey {
  const colon = id.indexOf(":");
  return { AccountId: id.slice(0, colon), BudgetName: id.slice(colon + 1) };
}

function arnOf({ AccountId, BudgetName }: BudgetKey): string {
  return `arn:aws:budgets::${AccountId}:budget/${BudgetName}`;
}
