import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { sweepAws } from "../../../../ed8kctl/cluster/aws-left.js";
import { cleanUp, setEnv } from "../../sandbox/scratch.js";

const CLUSTER = { stack: "dev", account: "111122223333", region: "eu-west-1" };

/** What AWS answers to one request. */
interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

const MISSING: Answer = { status: 404, type: "ResourceNotFoundException", body: "{}" };
const NO_ROLE: Answer = {
  status: 404,
  body: "<ErrorResponse><Error><Code>NoSuchEntity</Code><Message>none</Message></Error></ErrorResponse>",
};
const json = (data: unknown): Answer => ({ status: 200, body: JSON.stringify(data) });
const xml = (action: string, inner: string): Answer => ({
  status: 200,
  body: `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inner}</${action}Response>`,
});

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
    if (request.includes("/api/v2/clusters")) return json({ clusterInfoList: [] });
    const [, action = ""] = /Action=(Describe\w+)/.exec(request) ?? [];
    if (action !== "") return xml(action, "");
    if (request.includes("Action=GetRole")) return NO_ROLE;
    if (request.includes("AmazonSQS")) return { ...MISSING, type: "QueueDoesNotExist", status: 400 };
    return MISSING;
  };

  it("is nothing where every service says so; each is asked for this cluster's names and tags", async () => {
    answer = nothing;
    assert.deepEqual(await sweepAws(CLUSTER), {
      checked: ["eks", "kafka", "ec2", "s3", "sqs", "iam"],
      unseen: [],
      left: [],
    });
    const all = asked.join("\n");
    for (const name of [
      "GET /clusters/ed8k-dev ",
      "clusterNameFilter=ed8k-dev",
      "HEAD /ed8k-dev-datasets-111122223333-eu-west-1",
      '"QueueName":"ed8k-dev-karpenter"',
      "Filter.1.Name=tag:ed8k:cluster&Filter.1.Value.1=dev",
      "Filter.1.Name=tag-key&Filter.1.Value.1=kubernetes.io/cluster/ed8k-dev",
      "RoleName=ed8k-dev-karpenter-node",
    ]) {
      assert.ok(all.includes(name), `${name} in\n${all}`);
    }
  });

  it("is told with a command that removes it, never what is another cluster's", async () => {
    answer = (request) => {
      if (request.includes("Action=DescribeVpcs")) {
        return xml("DescribeVpcs", "<vpcSet><item><vpcId>vpc-1</vpcId></item></vpcSet>");
      }
      if (request.includes("Action=DescribeInstances")) {
        const instances = "<instancesSet><item><instanceId>i-1</instanceId></item></instancesSet>";
        return xml("DescribeInstances", `<reservationSet><item>${instances}</item></reservationSet>`);
      }
      if (request.includes("Action=DescribeVolumes")) {
        return xml("DescribeVolumes", "<volumeSet><item><volumeId>vol-1</volumeId></item></volumeSet>");
      }
      if (request.includes("/api/v2/clusters")) {
        const clusterInfoList = [
          { clusterName: "ed8k-dev-2", clusterArn: "arn:other", state: "ACTIVE" },
          { clusterName: "ed8k-dev", clusterArn: "arn:kafka", state: "ACTIVE" },
        ];
        return json({ clusterInfoList });
      }
      return nothing(request);
    };
    const { left } = await sweepAws(CLUSTER);
    assert.deepEqual(left, [
      { what: "kafka cluster ed8k-dev", remove: "aws kafka delete-cluster --cluster-arn arn:kafka --region eu-west-1" },
      { what: "ec2 instance i-1", remove: "aws ec2 terminate-instances --instance-ids i-1 --region eu-west-1" },
      { what: "ec2 volume vol-1", remove: "aws ec2 delete-volume --volume-id vol-1 --region eu-west-1" },
      { what: "ec2 vpc vpc-1", remove: "aws ec2 delete-vpc --vpc-id vpc-1 --region eu-west-1" },
    ]);
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
