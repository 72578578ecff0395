import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../naming.js";
import type { AwsPlan } from "./plan/plan.js";
import { clusterTags } from "./plan/tags.js";

export interface BudgetArgs {
  readonly plan: AwsPlan;
}

/** When somebody is told: of what was spent, and of what the month is going to cost. */
const ALARMS = [
  { notificationType: "ACTUAL", threshold: 80 },
  { notificationType: "ACTUAL", threshold: 100 },
  { notificationType: "FORECASTED", threshold: 100 },
] as const;

/**
 * What the account may cost in a month. Of the whole account, which is the development account: tags are known to the
 * bill only when somebody has activated them, and a day later.
 */
export class Budget extends pulumi.ComponentResource {
  constructor(name: string, { plan }: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Budget", name, {}, opts);
    const { monthlyUsd, emails } = plan.settings.budget;
    new aws.budgets.Budget(
      "budget",
      {
        name: clusterPartName(plan.settings.name, "budget"),
        budgetType: "COST",
        limitAmount: String(monthlyUsd),
        limitUnit: "USD",
        timeUnit: "MONTHLY",
        // AWS takes no alarm that tells nobody.
        notifications: emails.length === 0 ? [] : ALARMS.map((alarm) => notification(alarm, emails)),
        tags: clusterTags(plan.settings),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

function notification(
  alarm: (typeof ALARMS)[number],
  emails: readonly string[],
): aws.types.input.budgets.BudgetNotification {
  return {
    ...alarm,
    comparisonOperator: "GREATER_THAN",
    thresholdType: "PERCENTAGE",
    subscriberEmailAddresses: [...emails],
  };
}
