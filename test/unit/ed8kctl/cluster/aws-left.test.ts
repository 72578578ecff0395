import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sweepAws } from "../../../../ed8kctl/cluster/aws-left.js";
import { cleanUp, setEnv } from "../../sandbox/scratch.js";
import { type Answer, items, json, MISSING, roles, xml } from "./aws-answers.js";

const CLUSTER = { stack: "dev", account: "111122223333", region: "eu-west-1" };

describe("what of a cluster is left on AWS", () => {
  let server: Server;
  let asked: string[];
  let answer: (request: string) => Answer;
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const target = String(request.headers["x-amz-target"] ?? "");
        const told = `${request.method ?? ""} ${decodeURIComponent(request.url ?? "")} ${target} ${decodeURIComponent(body)}`;
        asked.push(told);
        const { status, type, body: said = "" } = answer(told);
        response.writeHead(status, type === undefined ? {} : { "x-amzn-errortype": type }).end(said);
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    setEnv({
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_PROFILE: undefined,
      AWS_MAX_ATTEMPTS: undefined,
    });
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    cleanUp();
  });

  const nothing = (request: string): Answer => {
    const [, action = ""] = /Action=(Describe\w+|ListRoles)/.exec(request) ?? [];
    if (action === "ListRoles") return roles();
    if (action !== "") return xml(action, "");
    if (request.includes("AmazonSQS")) return { ...MISSING, type: "QueueDoesNotExist", status: 400 };
    if (request.includes("DescribeBudget")) return { ...MISSING, type: "NotFoundException", status: 400 };
    if (/DescribeKey/.test(request)) return { ...MISSING, type: "NotFoundException", status: 400 };
    if (/DescribeRepositories|DescribeLogGroups|ListRules|\/configurations|\/api\/v2\/clusters/.test(request))
      return json({});
    return MISSING;
  };

  /** What is found, when one kind of request is answered so and all others with nothing. */
  async function leftWith(answers: readonly (readonly [request: RegExp, answer: Answer])[]) {
    answer = (request) => answers.find(([pattern]) => pattern.test(request))?.[1] ?? nothing(request);
    const { unseen, left } = await sweepAws(CLUSTER);
    assert.deepEqual(unseen, []);
    return left;
  }

  it("is nothing where every service says so; each is asked for this cluster's names and tags", async () => {
    answer = nothing;
    assert.deepEqual(await sweepAws(CLUSTER), {
      checked: ["eks", "kafka", "ec2", "s3", "ecr", "events", "sqs", "logs", "budgets", "iam", "kms"],
      unseen: [],
      left: [],
    });
    const all = asked.join("\n");
    for (const name of [
      "GET /clusters/ed8k-dev ",
      "clusterNameFilter=ed8k-dev",
      "HEAD /ed8k-dev-datasets-111122223333-eu-west-1",
      '"QueueName":"ed8k-dev-karpenter"',
      '"NamePrefix":"ed8k-dev-karpenter-"',
      '"logGroupNamePrefix":"/aws/eks/ed8k-dev/cluster"',
      '"logGroupNamePrefix":"/ed8k/ed8k-dev-flow-logs"',
      '"BudgetName":"ed8k-dev-budget"',
      '"KeyId":"alias/ed8k-dev-secrets"',
      "Filter.1.Name=tag:ed8k:cluster&Filter.1.Value.1=dev",
      "Filter.1.Name=tag-key&Filter.1.Value.1=kubernetes.io/cluster/ed8k-dev",
    ]) {
      assert.ok(all.includes(name), `${name} in\n${all}`);
    }
  });

  for (const [kind, request, said, what] of [
    ["a control plane", /^GET \/clusters\/ed8k-dev /, json({ cluster: {} }), ["eks cluster ed8k-dev"]],
    [
      "brokers, never another cluster's",
      /\/api\/v2\/clusters/,
      json({
        clusterInfoList: [
          { clusterName: "ed8k-dev-2", clusterArn: "arn:other", state: "ACTIVE" },
          { clusterName: "ed8k-dev", clusterArn: "arn:kafka", state: "ACTIVE" },
        ],
      }),
      ["kafka cluster ed8k-dev"],
    ],
    [
      "their configuration",
      /\/configurations/,
      json({ configurations: [{ name: "ed8k-dev-2" }, { name: "ed8k-dev", arn: "arn:c" }] }),
      ["kafka configuration ed8k-dev"],
    ],
    [
      "nodes",
      /Action=DescribeInstances/,
      items("DescribeInstances", "reservationSet", { instancesSet: "<item><instanceId>i-1</instanceId></item>" }),
      ["ec2 instance i-1"],
    ],
    [
      "volumes",
      /Action=DescribeVolumes/,
      items("DescribeVolumes", "volumeSet", { volumeId: "vol-1" }),
      ["ec2 volume vol-1"],
    ],
    [
      "launch templates",
      /Action=DescribeLaunchTemplates/,
      items("DescribeLaunchTemplates", "launchTemplates", { launchTemplateId: "lt-1" }),
      ["ec2 launch-template lt-1"],
    ],
    [
      "NAT gateways",
      /Action=DescribeNatGateways/,
      items("DescribeNatGateways", "natGatewaySet", { natGatewayId: "nat-1" }),
      ["ec2 nat-gateway nat-1"],
    ],
    [
      "addresses, never another cluster's",
      /Action=DescribeAddresses/,
      xml(
        "DescribeAddresses",
        `<addressesSet>${["dev", "prod"].map((name) => `<item><allocationId>eipalloc-${name}</allocationId><tagSet><item><key>ed8k:cluster</key><value>${name}</value></item></tagSet></item>`).join("")}</addressesSet>`,
      ),
      ["ec2 address eipalloc-dev"],
    ],
    ["datasets", /^HEAD \/ed8k-dev-datasets/, { status: 200 }, ["s3 bucket ed8k-dev-datasets-111122223333-eu-west-1"]],
    [
      "images, never another cluster's",
      /DescribeRepositories/,
      json({ repositories: [{ repositoryName: "ed8k-dev-2/bos" }, { repositoryName: "ed8k-dev/bos" }] }),
      ["ecr repository ed8k-dev/bos"],
    ],
    [
      "rules, never another cluster's",
      /ListRules/,
      json({ Rules: [{ Name: "ed8k-dev-karpenter-rebalance" }, { Name: "ed8k-dev-karpenter-2-karpenter-rebalance" }] }),
      ["events rule ed8k-dev-karpenter-rebalance"],
    ],
    ["the queue", /AmazonSQS/, json({ QueueUrl: "http://queue" }), ["sqs queue ed8k-dev-karpenter"]],
    [
      "log groups, never another cluster's",
      /"logGroupNamePrefix":"\/ed8k/,
      json({
        logGroups: [{ logGroupName: "/ed8k/ed8k-dev-flow-logs" }, { logGroupName: "/ed8k/ed8k-dev-flow-logs-2" }],
      }),
      ["logs log-group /ed8k/ed8k-dev-flow-logs"],
    ],
    ["the budget", /DescribeBudget/, json({ Budget: {} }), ["budgets budget ed8k-dev-budget"]],
    [
      "roles, that of the control plane by its beginning, never another cluster's",
      /Action=ListRoles/,
      roles("ed8k-dev-flow-logs", "ed8k-dev-eksRole-role-4b49082", "ed8k-dev-2-eksRole-role-1", "ed8k-dev-2-flow-logs"),
      ["iam role ed8k-dev-flow-logs", "iam role ed8k-dev-eksRole-role-4b49082"],
    ],
    [
      "the key",
      /DescribeKey/,
      json({ KeyMetadata: { KeyId: "k-1", KeyState: "Enabled" } }),
      ["kms key k-1", "kms alias alias/ed8k-dev-secrets"],
    ],
    [
      "the key's other name alone, where the key is to go",
      /DescribeKey/,
      json({ KeyMetadata: { KeyId: "k-1", KeyState: "PendingDeletion" } }),
      ["kms alias alias/ed8k-dev-secrets"],
    ],
  ] as const) {
    it(`finds ${kind}`, async () => {
      const left = await leftWith([[request, said]]);
      assert.deepEqual(
        left.map((one) => one.what),
        what,
      );
      for (const { what: found, remove } of left) {
        assert.match(remove, /^(aws|for) /);
        assert.ok(remove.includes(found.split(" ").at(-1) ?? "-") || found.startsWith("kafka"), remove);
      }
    });
  }

  it("tells what is in a VPC before it, and what keeps that there", async () => {
    const left = await leftWith([
      [/Action=DescribeVpcs/, items("DescribeVpcs", "vpcSet", { vpcId: "vpc-1" })],
      [/Action=DescribeSubnets.*vpc-1/, items("DescribeSubnets", "subnetSet", { subnetId: "subnet-1" })],
      [
        /Action=DescribeInternetGateways/,
        items("DescribeInternetGateways", "internetGatewaySet", { internetGatewayId: "igw-1" }),
      ],
      [/Action=DescribeVpcEndpoints/, items("DescribeVpcEndpoints", "vpcEndpointSet", { vpcEndpointId: "vpce-1" })],
      [
        /Action=DescribeRouteTables/,
        xml(
          "DescribeRouteTables",
          "<routeTableSet><item><routeTableId>rtb-main</routeTableId><associationSet><item><main>true</main></item></associationSet></item><item><routeTableId>rtb-1</routeTableId></item></routeTableSet>",
        ),
      ],
      [
        /Action=DescribeSecurityGroups/,
        xml(
          "DescribeSecurityGroups",
          "<securityGroupInfo><item><groupId>sg-0</groupId><groupName>default</groupName></item><item><groupId>sg-1</groupId><groupName>a</groupName></item><item><groupId>sg-2</groupId><groupName>b</groupName></item></securityGroupInfo>",
        ),
      ],
      [
        /Action=DescribeNetworkInterfaces.*vpc-1/,
        xml(
          "DescribeNetworkInterfaces",
          `<networkInterfaceSet>${["a", "b"].map((zone) => `<item><networkInterfaceId>eni-${zone}</networkInterfaceId><interfaceType>network_load_balancer</interfaceType><description>ELB net/k8s-envoy/0f</description></item>`).join("")}</networkInterfaceSet>`,
        ),
      ],
    ]);
    assert.deepEqual(
      left.map(({ what }) => what),
      [
        "elbv2 load-balancer k8s-envoy",
        "ec2 vpc-endpoint vpce-1",
        "ec2 internet-gateway igw-1",
        "ec2 subnet subnet-1",
        "ec2 route-table rtb-1",
        "ec2 security-group sg-1 sg-2",
        "ec2 vpc vpc-1",
      ],
    );
    assert.equal(left.at(-1)?.remove, "aws ec2 delete-vpc --vpc-id vpc-1 --region eu-west-1");
  });

  it("is not known of a service that refuses", async () => {
    answer = (request) =>
      request.startsWith("GET /clusters/")
        ? { status: 403, type: "AccessDeniedException", body: "{}" }
        : nothing(request);
    const { unseen, left } = await sweepAws(CLUSTER);
    assert.deepEqual([unseen, left], [["eks"], []]);
  });
});
