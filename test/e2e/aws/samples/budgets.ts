import type { Sample } from "../sample.js";

const told = (threshold: number, notificationType: string, ...subscriberEmailAddresses: string[]) => ({
  comparisonOperator: "GREATER_THAN",
  threshold,
  thresholdType: "PERCENTAGE",
  notificationType,
  subscriberEmailAddresses,
});

export const samples: readonly Sample[] = [
  {
    name: "budget",
    type: "aws:budgets/budget:Budget",
    inputs: () => ({
      name: "ed8k-sample",
      budgetType: "COST",
      limitAmount: "10000",
      limitUnit: "USD",
      timeUnit: "MONTHLY",
      notifications: [
        told(80, "ACTUAL", "platform@example.com"),
        told(100, "FORECASTED", "platform@example.com", "finance@example.com"),
      ],
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ limitAmount: "12000" }), expect: "update" },
      {
        inputs: () => ({
          notifications: [told(80, "ACTUAL", "other@example.com"), told(90, "ACTUAL", "platform@example.com")],
        }),
        expect: "update",
      },
      { inputs: () => ({ notifications: undefined }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
];
