import assert from "node:assert/strict";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { CreateVpcCommand, CreateSubnetCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateAccessEntryCommand, CreateClusterCommand, DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { GetObjectCommand, CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { awsFiles, readRootKey, type RootKey } from "../../../sandbox/aws/root-key.js";
import { eksToken } from "../../../sandbox/aws/login/eks-token.js";
import type { Keys } from "../../../sandbox/aws/login/sts-url.js";
import { signalProcess, identifyProcess } from "../../../sandbox/machine/processes.js";
import { SIMULATED_ONLY } from "../../../sandbox/nodes/choice/spec.js";
import { startSandbox } from "../../../sandbox/start.js";
import { sandboxStatus } from "../../../sandbox/status.js";
import { BASE_PORT, OwnSandbox, until } from "./own-sandbox.js";

const CLUSTER = "ed8k-dev";
const DEVELOPER = "arn:aws:iam::111122223333:role/ed8k-developer";

describe("a sandbox with AWS", () => {
  let sandbox: OwnSandbox;
  const endpoint = `http://127.0.0.1:${BASE_PORT + 2}`;
  const rootKey = (): RootKey => readRootKey(awsFiles(sandbox.paths).credentials);
  const config = { endpoint, region: "eu-west-1", credentials: () => Promise.resolve(rootKey()) };
  const ec2 = new EC2Client(config);
  const eks = new EKSClient(config);
  const up = (aws?: boolean): Promise<void> =>
    startSandbox({ report: (line) => sandbox.lines.push(line), nodes: SIMULATED_ONLY, aws });

  before(async () => {
    sandbox = new OwnSandbox();
    await up(true);
  });
  after(async () => {
    ec2.destroy();
    eks.destroy();
    await sandbox.remove();
  });

  let vpc = "";
  it("makes a cluster whose API server is the sandbox's own", async () => {
    vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: "10.64.0.0/16" }))).Vpc?.VpcId ?? "";
    const subnet = async (zone: string, CidrBlock: string): Promise<string> => {
      const input = { VpcId: vpc, CidrBlock, AvailabilityZone: `eu-west-1${zone}` };
      return (await ec2.send(new CreateSubnetCommand(input))).Subnet?.SubnetId ?? "";
    };
    const subnetIds = [await subnet("a", "10.64.0.0/19"), await subnet("b", "10.64.32.0/19")];
    const accessConfig = { authenticationMode: "API" } as const;
    const roleArn = "arn:aws:iam::111122223333:role/cluster";
    await eks.send(
      new CreateClusterCommand({ name: CLUSTER, roleArn, resourcesVpcConfig: { subnetIds }, accessConfig }),
    );
    await until(async () => (await describeCluster())?.status === "ACTIVE");
    assert.equal((await describeCluster())?.endpoint, `https://127.0.0.1:${BASE_PORT + 3}`);
  });

  async function describeCluster() {
    return (await eks.send(new DescribeClusterCommand({ name: CLUSTER }))).cluster;
  }

  /** What kubectl says with a token of these keys, and with nothing but what EKS tells of the cluster. */
  async function kubectl(keys: Keys, words: readonly string[], cluster = CLUSTER): Promise<string> {
    const shown = await describeCluster();
    const file = join(sandbox.scratch, "kubeconfig.json");
    const { token } = await eksToken({ cluster, region: "eu-west-1", keys, endpoint });
    const of = { server: shown?.endpoint, "certificate-authority-data": shown?.certificateAuthority?.data };
    const name = "eks";
    const content = {
      apiVersion: "v1",
      kind: "Config",
      "current-context": name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster: of }],
      users: [{ name, user: { token } }],
    };
    writeFileSync(file, JSON.stringify(content));
    try {
      return await sandbox.run("kubectl", "--kubeconfig", file, ...words);
    } catch (error) {
      return (error as { readonly stderr: string }).stderr.trim();
    }
  }

  const whoAmI = ["auth", "whoami", "-o", "jsonpath={.status.userInfo.username} {.status.userInfo.groups}"];

  it("lets in who made the cluster as its administrator", async () => {
    const root = "arn:aws:iam::111122223333:root";
    assert.equal(await kubectl(rootKey(), whoAmI), `${root} ["system:masters","system:authenticated"]`);
  });

  it("makes of each session of a developer's role a user of its own, with the rights of one", async () => {
    const iam = new IAMClient(config);
    await iam.send(new CreateRoleCommand({ RoleName: "ed8k-developer", AssumeRolePolicyDocument: "{}" }));
    iam.destroy();
    const entry = { username: "ed8k:{{SessionNameRaw}}", kubernetesGroups: ["ed8k:developers"] };
    await eks.send(new CreateAccessEntryCommand({ clusterName: CLUSTER, principalArn: DEVELOPER, ...entry }));
    for (const session of ["alice", "bob@example.com"]) {
      const user = await kubectl(await assumed(session), whoAmI);
      assert.equal(user, `ed8k:${session} ["ed8k:developers","system:authenticated"]`);
    }
    const keys = await assumed("alice");
    assert.match(
      await kubectl(keys, ["get", "nodes"]),
      /^Error from server \(Forbidden\): .* User "ed8k:alice" cannot list/,
    );
  });

  async function assumed(RoleSessionName: string): Promise<Keys> {
    const sts = new STSClient(config);
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: DEVELOPER, RoleSessionName }));
    sts.destroy();
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken } = Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  }

  it("lets nobody in with a token for another cluster, or with a guessed secret", async () => {
    const unauthorized = "error: You must be logged in to the server (Unauthorized)";
    assert.equal(await kubectl(rootKey(), whoAmI, "ed8k-other"), unauthorized);
    assert.equal(await kubectl({ ...rootKey(), secretAccessKey: "guessed" }, whoAmI), unauthorized);
    const guessing = new STSClient({ ...config, credentials: { ...rootKey(), secretAccessKey: "guessed" } });
    const asked = guessing.send(new AssumeRoleCommand({ RoleArn: DEVELOPER, RoleSessionName: "alice" }));
    await assert.rejects(asked, { name: "SignatureDoesNotMatch" });
    guessing.destroy();
  });

  it("leads clients to the front, also by the addresses that the emulator makes", async () => {
    const sqs = new SQSClient(config);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
    assert.equal(QueueUrl, `${endpoint}/111122223333/q`);
    sqs.destroy();
  });

  it("keeps what it holds when its programs are killed, and when the sandbox is started again", async () => {
    const s3 = new S3Client({ ...config, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: "ed8k-dumps" }));
    await s3.send(new PutObjectCommand({ Bucket: "ed8k-dumps", Key: "dump", Body: "content" }));
    const holds = async (): Promise<void> => {
      await until(async () => (await sandboxStatus())?.fault === undefined, sandboxStatus);
      assert.equal((await ec2.send(new DescribeVpcsCommand({ VpcIds: [vpc] }))).Vpcs?.length, 1);
      assert.equal((await describeCluster())?.status, "ACTIVE");
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: "ed8k-dumps", Key: "dump" }));
      assert.equal(await Body?.transformToString(), "content");
    };
    // It writes down what it holds half a second after a change.
    await pause(1500);
    for (const name of ["aws-emulator", "aws-front"]) {
      const id = identifyProcess(sandbox.pidOf(name));
      assert.ok(id !== undefined);
      signalProcess(id, "SIGKILL");
      const component = () => sandbox.state.components.find((one) => one.name === name);
      await until(() => component()?.state === "running" && component()?.process?.pid !== id.pid, component);
      await holds();
    }
    const supervisor = sandbox.state.supervisor;
    signalProcess(supervisor, "SIGKILL");
    await until(() => identifyProcess(supervisor.pid) === undefined);
    await up();
    await holds();
    s3.destroy();
  });

  it("has nothing of AWS left once it is down, and is not added to a sandbox without it", async () => {
    await sandbox.down();
    assert.deepEqual(
      sandbox.leftovers().filter((name) => /aws|process/.test(name)),
      [],
    );
    await up();
    assert.equal((await sandboxStatus())?.aws, undefined);
    assert.ok(!existsSync(sandbox.paths.aws));
    await assert.rejects(up(true), { message: "the sandbox runs without AWS, not with it" });
  });
});
