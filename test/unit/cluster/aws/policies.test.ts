import assert from "node:assert/strict";
import fc from "fast-check";
import type { PolicyDocument, Statement } from "../../../../cluster/aws/policies/document.js";
import { environmentsPolicy } from "../../../../cluster/aws/policies/environments.js";
import { keyPolicy } from "../../../../cluster/aws/policies/key.js";
import { karpenterPolicy } from "../../../../cluster/aws/policies/karpenter.js";
import { loadBalancerPolicy } from "../../../../cluster/aws/policies/load-balancer.js";
import { interruptionQueuePolicy } from "../../../../cluster/aws/policies/queue.js";
import { trustPods } from "../../../../cluster/aws/policies/trust.js";
import { physicalName } from "../../../../naming.js";

const PLACE = { account: "111122223333", region: "eu-west-1" };
const environments = environmentsPolicy({ ...PLACE, kafka: "ed8k-dev" });

/** Whether a policy without conditions on the request lets this be done: as IAM compares, `*` for any letters. */
function allows({ Statement: statements }: PolicyDocument, action: string, resource: string): boolean {
  return statements.some(
    ({ Action, Resource = [] }) =>
      Action.some((pattern) => matches(pattern, action)) && Resource.some((pattern) => matches(pattern, resource)),
  );
}

function matches(pattern: string, text: string): boolean {
  return new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`).test(text);
}

/** An environment's name, and what it calls something of its own. */
const names = fc.tuple(
  fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4}){0,2}$/),
  fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
);

describe("the most that pods of environments may do [row 98]", () => {
  it("is working with whatever carries an environment's name", () => {
    fc.assert(
      fc.property(names, ([environment, name]) => {
        const queue = physicalName("queue", environment, name);
        const table = physicalName("table", environment, name);
        const bucket = physicalName("bucket", environment, name);
        const topic = physicalName("topic", environment, name);
        const sns = physicalName("snsTopic", environment, name);
        const at = (service: string, what: string) => `arn:aws:${service}:eu-west-1:111122223333:${what}`;
        assert.ok(allows(environments, "sqs:SendMessage", at("sqs", queue)));
        assert.ok(allows(environments, "sns:Publish", at("sns", sns)));
        assert.ok(allows(environments, "dynamodb:Query", at("dynamodb", `table/${table}/index/by-date`)));
        assert.ok(allows(environments, "s3:PutObject", `arn:aws:s3:::${bucket}/a/b.csv`));
        assert.ok(allows(environments, "kafka-cluster:WriteData", at("kafka", `topic/ed8k-dev/uuid/${topic}`)));
      }),
    );
  });

  it("is nothing with what the cluster itself has, other accounts' or other regions' things", () => {
    const refused: readonly (readonly [string, string])[] = [
      ["sqs:ReceiveMessage", "arn:aws:sqs:eu-west-1:111122223333:ed8k-dev-karpenter"],
      ["sqs:SendMessage", "arn:aws:sqs:eu-west-1:444455556666:alice--jobs"],
      ["sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:alice--jobs"],
      ["s3:GetObject", "arn:aws:s3:::ed8k-dev-datasets-111122223333-eu-west-1/dump"],
      ["kafka-cluster:ReadData", "arn:aws:kafka:eu-west-1:111122223333:topic/ed8k-dev/uuid/__consumer_offsets"],
      ["kafka-cluster:ReadData", "arn:aws:kafka:eu-west-1:111122223333:topic/other/uuid/alice.trades"],
    ];
    assert.deepEqual(
      refused.filter(([action, resource]) => allows(environments, action, resource)),
      [],
    );
  });

  it("is neither making nor removing anything that a stack makes", () => {
    const actions = environments.Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(
      actions.filter((action) => /:(Create|Delete(?!Message|Object|Item)|Put(?!Object|Item)|Tag|Set|Add)/.test(action)),
      [],
    );
  });

  it("is in buckets of this account alone, whose ARNs do not say it", () => {
    const buckets = environments.Statement.find(({ Sid }) => Sid === "Buckets");
    assert.deepEqual(buckets?.Condition, { StringEquals: { "aws:ResourceAccount": "111122223333" } });
  });
});

describe("roles of pods", () => {
  it("are taken on by EKS Pod Identity of the own account alone", () => {
    assert.deepEqual(trustPods("111122223333").Statement, [
      {
        Sid: "AllowPods",
        Effect: "Allow",
        Principal: { Service: ["pods.eks.amazonaws.com"] },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
      },
    ]);
  });
});

describe("the queue of interruptions", () => {
  it("takes what the cluster's own rules tell, and nothing else [row 98]", () => {
    const queue = "arn:aws:sqs:eu-west-1:111122223333:ed8k-dev-karpenter";
    const rules = "arn:aws:events:eu-west-1:111122223333:rule/ed8k-dev-karpenter-*";
    assert.deepEqual(
      interruptionQueuePolicy(queue, rules).Statement.filter(({ Effect }) => Effect === "Allow"),
      [
        {
          Sid: "AllowEvents",
          Effect: "Allow",
          Principal: { Service: ["events.amazonaws.com"] },
          Action: ["sqs:SendMessage"],
          Resource: [queue],
          Condition: { ArnLike: { "aws:SourceArn": rules } },
        },
      ],
    );
  });
});

describe("the key of a cluster", () => {
  it("may be granted by the account, whose grants of EKS and MSK can be retired too", () => {
    const actions = keyPolicy(PLACE).Statement[0]?.Action ?? [];
    const needed = ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant", "kms:RetireGrant", "kms:DescribeKey"];
    assert.deepEqual(
      needed.filter((action) => !actions.some((pattern) => matches(pattern, action))),
      [],
    );
  });
});

describe("what changes things for the platform", () => {
  const karpenter = karpenterPolicy({
    ...PLACE,
    cluster: "ed8k-dev",
    nodeRole: "ed8k-dev-karpenter-node",
    queue: "ed8k-dev-karpenter",
  });
  const isBound = ({ Condition }: Statement): boolean => JSON.stringify(Condition ?? {}).includes("ed8k-dev");
  const changes = ({ Statement: statements }: PolicyDocument): readonly Statement[] =>
    statements.filter(({ Action }) => Action.some((action) => !/:(Describe|Get|List|Receive)/.test(action)));

  it("gives Karpenter the cluster's own things, by tag, by name or as what a node is launched into", () => {
    assert.deepEqual(
      changes(karpenter)
        .filter((statement) => !isBound(statement))
        .map(({ Sid, Resource }) => [Sid, Resource]),
      [
        [
          "LaunchInto",
          [
            "arn:aws:ec2:eu-west-1::image/*",
            "arn:aws:ec2:eu-west-1::snapshot/*",
            "arn:aws:ec2:eu-west-1:*:security-group/*",
            "arn:aws:ec2:eu-west-1:*:subnet/*",
            "arn:aws:ec2:eu-west-1:*:capacity-reservation/*",
            "arn:aws:ec2:eu-west-1:*:placement-group/*",
          ],
        ],
        ["GiveNodesTheirRole", ["arn:aws:iam::111122223333:role/ed8k-dev-karpenter-node"]],
        ["Interruptions", ["arn:aws:sqs:eu-west-1:111122223333:ed8k-dev-karpenter"]],
      ],
    );
  });

  it("gives the load balancer controller what has the cluster's tag, and new security groups", () => {
    assert.deepEqual(
      changes(loadBalancerPolicy("ed8k-dev"))
        .filter((statement) => !isBound(statement))
        .map(({ Sid, Action }) => [Sid, Action]),
      [
        ["ServiceLinkedRole", ["iam:CreateServiceLinkedRole"]],
        ["MakeGroups", ["ec2:CreateSecurityGroup"]],
      ],
    );
  });
});
