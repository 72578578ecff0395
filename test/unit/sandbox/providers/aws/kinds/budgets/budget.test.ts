import assert from "node:assert/strict";
import { budget } from "../../../../../../../sandbox/providers/aws/kinds/budgets/budget.js";
import { awsError } from "../../fake.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const KEY = { AccountId: "111122223333", BudgetName: "ed8k-dev" };
const notification = (threshold: number, ...subscriberEmailAddresses: string[]) => ({
  comparisonOperator: "GREATER_THAN",
  threshold,
  thresholdType: "PERCENTAGE",
  notificationType: "ACTUAL",
  subscriberEmailAddresses,
});
/** As AWS has it: without the type of the threshold, when it is this one. */
const told = (Threshold: number) => ({ ComparisonOperator: "GREATER_THAN", Threshold, NotificationType: "ACTUAL" });
const email = (Address: string) => ({ SubscriptionType: "EMAIL", Address });
const INPUTS = {
  name: "ed8k-dev",
  budgetType: "COST",
  limitAmount: "10000",
  limitUnit: "USD",
  timeUnit: "MONTHLY",
  notifications: [notification(80, "a@example.com"), notification(100, "a@example.com")],
  tags: { "ed8k:cluster": "dev" },
};

describe("the kind of budgets", () => {
  it("makes a budget with all who are told in one call", async () => {
    const fake = new FakeClients({});
    assert.equal(await budget.create(INPUTS, await servicesOf(fake)), "111122223333:ed8k-dev");
    const of = (threshold: number) => ({
      Notification: { ...told(threshold), ThresholdType: "PERCENTAGE" },
      Subscribers: [email("a@example.com")],
    });
    assert.deepEqual(fake.sent, [
      {
        operation: "CreateBudget",
        request: {
          AccountId: "111122223333",
          Budget: {
            BudgetName: "ed8k-dev",
            BudgetType: "COST",
            BudgetLimit: { Amount: "10000", Unit: "USD" },
            TimeUnit: "MONTHLY",
          },
          NotificationsWithSubscribers: [of(80), of(100)],
          ResourceTags: [{ Key: "ed8k:cluster", Value: "dev" }],
        },
      },
    ]);
  });

  it("takes away whom nobody wants to be told any more, and adds who is new; the others stay", async () => {
    const fake = new FakeClients({
      DescribeNotificationsForBudget: { Notifications: [told(80), told(100)] },
      DescribeSubscribersForNotification: { Subscribers: [email("a@example.com")] },
    });
    const notifications = [notification(100, "a@example.com"), notification(90, "b@example.com")];
    const change = { old: INPUTS, inputs: { ...INPUTS, notifications } };
    await budget.update?.("111122223333:ed8k-dev", change, await servicesOf(fake));
    assert.deepEqual(fake.requests("DeleteNotification"), [
      { ...KEY, Notification: { ...told(80), ThresholdType: "PERCENTAGE" } },
    ]);
    assert.deepEqual(fake.requests("CreateNotification"), [
      {
        ...KEY,
        Notification: { ...told(90), ThresholdType: "PERCENTAGE" },
        Subscribers: [email("b@example.com")],
      },
    ]);
  });

  it("reads a budget that tells nobody, which AWS calls not found", async () => {
    const fake = new FakeClients({
      DescribeBudget: {
        Budget: {
          BudgetName: "ed8k-dev",
          BudgetType: "COST",
          BudgetLimit: { Amount: "10000.0", Unit: "USD" },
          TimeUnit: "MONTHLY",
        },
      },
      DescribeNotificationsForBudget: awsError("NotFoundException", "Unable to get notifications"),
      ListTagsForResource: { ResourceTags: [] },
    });
    assert.deepEqual(await budget.read("111122223333:ed8k-dev", await servicesOf(fake), {}), {
      ...INPUTS,
      limitAmount: "10000.0",
      notifications: [],
      tags: {},
      arn: "arn:aws:budgets::111122223333:budget/ed8k-dev",
      accountId: "111122223333",
    });
  });
});
