import {
  type ComparisonOperator,
  CreateNotificationCommand,
  DeleteNotificationCommand,
  type Notification,
  type NotificationType,
  paginateDescribeNotificationsForBudget,
  paginateDescribeSubscribersForNotification,
  type Subscriber,
  type ThresholdType,
} from "@aws-sdk/client-budgets";
import type { AwsClients } from "../../clients.js";
import { isSame } from "../../meaning.js";
import { unless } from "../../wait.js";
import { refuseUnknown } from "../known.js";

/** Who is told when how much of a budget is spent; as the program writes it. */
export interface BudgetNotification {
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly thresholdType: ThresholdType;
  readonly notificationType: NotificationType;
  readonly subscriberEmailAddresses?: readonly string[];
  readonly subscriberSnsTopicArns?: readonly string[];
}

export interface BudgetKey {
  readonly AccountId: string;
  readonly BudgetName: string;
}

const FIELDS = [
  "comparisonOperator",
  "threshold",
  "thresholdType",
  "notificationType",
  "subscriberEmailAddresses",
  "subscriberSnsTopicArns",
];

/** What AWS takes for one notification. */
export function toNotification(told: BudgetNotification): { Notification: Notification; Subscribers: Subscriber[] } {
  refuseUnknown("notifications", told, FIELDS);
  const { subscriberEmailAddresses: emails = [], subscriberSnsTopicArns: topics = [] } = told;
  return {
    Notification: {
      ComparisonOperator: told.comparisonOperator,
      Threshold: told.threshold,
      ThresholdType: told.thresholdType,
      NotificationType: told.notificationType,
    },
    Subscribers: [
      ...emails.map((Address): Subscriber => ({ SubscriptionType: "EMAIL", Address })),
      ...topics.map((Address): Subscriber => ({ SubscriptionType: "SNS", Address })),
    ],
  };
}

/** All notifications of a budget, with who is told. */
export async function readNotifications(key: BudgetKey, clients: AwsClients): Promise<BudgetNotification[]> {
  const client = await clients.budgets();
  const found: BudgetNotification[] = [];
  // A budget without notifications is said not to be found.
  await unless(["NotFoundException"], async () => {
    for await (const { Notifications = [] } of paginateDescribeNotificationsForBudget({ client }, { ...key })) {
      for (const notification of Notifications) found.push(await describe(key, notification, clients));
    }
  });
  return found;
}

/** Makes a budget's notifications what they should be: what no longer is goes, what is new comes. */
export async function updateNotifications(
  key: BudgetKey,
  wanted: readonly BudgetNotification[],
  clients: AwsClients,
): Promise<void> {
  const client = await clients.budgets();
  const there = await readNotifications(key, clients);
  const has = (all: readonly BudgetNotification[], one: BudgetNotification) => all.some((each) => isSame(each, one));
  for (const old of there.filter((one) => !has(wanted, one))) {
    await client.send(new DeleteNotificationCommand({ ...key, Notification: toNotification(old).Notification }));
  }
  for (const one of wanted.filter((each) => !has(there, each))) {
    await client.send(new CreateNotificationCommand({ ...key, ...toNotification(one) }));
  }
}

async function describe(key: BudgetKey, told: Notification, clients: AwsClients): Promise<BudgetNotification> {
  const client = await clients.budgets();
  const subscribers: Subscriber[] = [];
  await unless(["NotFoundException"], async () => {
    const input = { ...key, Notification: told };
    for await (const page of paginateDescribeSubscribersForNotification({ client }, input)) {
      subscribers.push(...(page.Subscribers ?? []));
    }
  });
  const addresses = (type: string) =>
    subscribers.filter(({ SubscriptionType }) => SubscriptionType === type).map(({ Address = "" }) => Address);
  return {
    comparisonOperator: told.ComparisonOperator ?? "GREATER_THAN",
    threshold: told.Threshold ?? 0,
    // AWS leaves it out when it is this.
    thresholdType: told.ThresholdType ?? "PERCENTAGE",
    notificationType: told.NotificationType ?? "ACTUAL",
    subscriberEmailAddresses: addresses("EMAIL"),
    subscriberSnsTopicArns: addresses("SNS"),
  };
}
