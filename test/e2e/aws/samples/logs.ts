import type { Sample } from "../sample.js";

export const samples: readonly Sample[] = [
  {
    name: "log-group",
    type: "aws:cloudwatch/logGroup:LogGroup",
    inputs: (made) => ({
      name: "/aws/eks/ed8k-sample/cluster",
      retentionInDays: 30,
      kmsKeyId: made("key").outputs["arn"],
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ retentionInDays: 7 }), expect: "update" },
      { inputs: () => ({ retentionInDays: 0 }), expect: "update" },
      { inputs: () => ({ kmsKeyId: undefined }), expect: "update" },
      { inputs: (made) => ({ kmsKeyId: made("other-key").outputs["arn"] }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ name: "/aws/eks/ed8k-other/cluster" }), expect: "replace" },
    ],
  },
];
