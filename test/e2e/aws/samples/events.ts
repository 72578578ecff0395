import type { Sample } from "../sample.js";

const pattern = (detail: string) => JSON.stringify({ source: ["aws.ec2"], "detail-type": [detail] });

export const samples: readonly Sample[] = [
  {
    name: "rule",
    type: "aws:cloudwatch/eventRule:EventRule",
    inputs: () => ({
      name: "ed8k-sample-karpenter-spot",
      description: "A sample",
      eventPattern: pattern("EC2 Spot Instance Interruption Warning"),
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ eventPattern: pattern("EC2 Instance Rebalance Recommendation") }), expect: "update" },
      { inputs: () => ({ description: "Another" }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "target",
    type: "aws:cloudwatch/eventTarget:EventTarget",
    inputs: (made) => ({ rule: made("rule").id, targetId: "karpenter", arn: made("queue").outputs["arn"] }),
    changes: [
      { inputs: () => ({ arn: "arn:aws:sqs:eu-west-1:111122223333:other" }), expect: "update" },
      { inputs: () => ({ targetId: "other" }), expect: "replace" },
    ],
  },
];
