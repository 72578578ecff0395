import type { Sample } from "../sample.js";

const policy = (days: number) =>
  JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        description: "Old images",
        selection: { tagStatus: "any", countType: "sinceImagePushed", countUnit: "days", countNumber: days },
        action: { type: "expire" },
      },
    ],
  });

export const samples: readonly Sample[] = [
  {
    name: "repository",
    type: "aws:ecr/repository:Repository",
    inputs: () => ({
      name: "ed8k/sample",
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ imageTagMutability: "MUTABLE" }), expect: "update" },
      { inputs: () => ({ imageScanningConfiguration: { scanOnPush: false } }), expect: "update" },
      { inputs: () => ({ forceDelete: true }), expect: "update" },
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ encryptionConfigurations: [{ encryptionType: "KMS" }] }), expect: "replace" },
      { inputs: () => ({ name: "ed8k/other" }), expect: "replace" },
    ],
  },
  {
    name: "repository-policy",
    type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
    inputs: (made) => ({ repository: made("repository").id, policy: policy(7) }),
    changes: [{ inputs: () => ({ policy: policy(14) }), expect: "replace" }],
  },
];
