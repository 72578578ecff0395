import type { Sample } from "../sample.js";

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "pods.eks.amazonaws.com" },
      Action: ["sts:AssumeRole", "sts:TagSession"],
    },
  ],
};
const READ = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:GetQueueUrl", Resource: "*" }] };
const WRITE = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }] };
const BY_NODES = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

export const samples: readonly Sample[] = [
  {
    name: "role",
    type: "aws:iam/role:Role",
    inputs: () => ({
      name: "ed8k-sample",
      description: "A sample",
      assumeRolePolicy: JSON.stringify(TRUST),
      tags: { "ed8k:cluster": "dev", Name: "sample" },
    }),
    changes: [
      { inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }), expect: "update" },
      { inputs: () => ({ description: "Another" }), expect: "update" },
      { inputs: () => ({ description: undefined }), expect: "update" },
      { inputs: () => ({ maxSessionDuration: 7200 }), expect: "update" },
      { inputs: () => ({ assumeRolePolicy: JSON.stringify(BY_NODES) }), expect: "update" },
      { inputs: () => ({ name: "ed8k-other" }), expect: "replace" },
    ],
  },
  {
    name: "role-policy",
    type: "aws:iam/rolePolicy:RolePolicy",
    inputs: (made) => ({ role: made("role").id, name: "read", policy: JSON.stringify(READ) }),
    changes: [
      { inputs: () => ({ policy: JSON.stringify(WRITE) }), expect: "update" },
      { inputs: () => ({ name: "write" }), expect: "replace" },
    ],
  },
  {
    name: "attachment",
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    inputs: (made) => ({
      role: made("role").id,
      policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    }),
    changes: [
      {
        inputs: () => ({ policyArn: "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly" }),
        expect: "replace",
      },
    ],
  },
];
