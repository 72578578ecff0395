import type { Sample } from "../sample.js";

const policy = (...actions: string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: actions, Resource: "*" },
    ],
  });

export const samples: readonly Sample[] = [
  {
    name: "key",
    type: "aws:kms/key:Key",
    inputs: () => ({
      description: "A sample",
      enableKeyRotation: true,
      policy: policy("kms:*"),
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ description: "Another" }), expect: "update" },
      { inputs: () => ({ description: undefined }), expect: "update" },
      { inputs: () => ({ enableKeyRotation: false }), expect: "update" },
      { inputs: () => ({ policy: policy("kms:*", "kms:Decrypt") }), expect: "update" },
      { inputs: () => ({ deletionWindowInDays: 7 }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
    ],
  },
  {
    name: "other-key",
    type: "aws:kms/key:Key",
    inputs: () => ({ description: "Without anything else" }),
    changes: [{ inputs: () => ({ tags: { Name: "tagged" } }), expect: "update" }],
  },
  {
    name: "alias",
    type: "aws:kms/alias:Alias",
    inputs: (made) => ({ name: "alias/ed8k-sample", targetKeyId: made("key").id }),
    changes: [
      { inputs: (made) => ({ targetKeyId: made("other-key").outputs["arn"] }), expect: "update" },
      { inputs: () => ({ name: "alias/ed8k-other" }), expect: "replace" },
    ],
  },
];
