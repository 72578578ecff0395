import assert from "node:assert/strict";
import { CreateAccessEntryCommand, CreateClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { eksToken } from "../../../../../sandbox/aws/login/eks-token.js";
import type { Keys } from "../../../../../sandbox/aws/login/sts-url.js";
import { BEGIN, EMULATED, OpenFront, ROOT_KEY } from "../open-front.js";

describe("the front's review of tokens", () => {
  let front: OpenFront;
  before(async () => {
    front = new OpenFront();
    await front.open();
    const issued = `<AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
<Expiration>2026-11-24T13:00:00Z</Expiration>`;
    const AssumeRole = `<AssumeRoleResponse><AssumeRoleResult><Credentials>${issued}</Credentials></AssumeRoleResult></AssumeRoleResponse>`;
    front.emulator.answerActions({ ...EMULATED, AssumeRole });
    const eks = new EKSClient(front.client);
    const resourcesVpcConfig = { subnetIds: ["subnet-1", "subnet-2"] };
    await eks.send(new CreateClusterCommand({ name: "ed8k-dev", roleArn: "arn:role", resourcesVpcConfig }));
    eks.destroy();
  });
  after(() => front.close());

  async function review(keys: Keys, now = BEGIN): Promise<unknown> {
    const request = { cluster: "ed8k-dev", region: "eu-west-1", keys, endpoint: front.url, now: new Date(now) };
    const { token } = await eksToken(request);
    return send({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: { token } });
  }

  async function send(body: unknown): Promise<unknown> {
    const answer = await fetch(`${front.url}/_ed8k/token-review`, { method: "POST", body: JSON.stringify(body) });
    return ((await answer.json()) as { readonly status: unknown }).status;
  }

  const ANN = {
    username: "arn:aws:sts::111122223333:assumed-role/admin/ann",
    uid: "aws-iam-authenticator:111122223333:AROA1",
    groups: ["system:masters"],
    extra: {
      arn: ["arn:aws:sts::111122223333:assumed-role/admin/ann"],
      canonicalArn: ["arn:aws:iam::111122223333:role/admin"],
      sessionName: ["ann"],
    },
  };

  it("lets in whoever made the cluster", async () => {
    assert.deepEqual(await review(ROOT_KEY), { authenticated: true, user: ANN });
    assert.match(
      front.emulator.asked.at(-1)?.path ?? "",
      /^\/\?Action=GetCallerIdentity&.*X-Amz-Signature=[0-9a-f]{64}$/,
    );
    assert.equal(front.emulator.asked.at(-1)?.headers["x-k8s-aws-id"], "ed8k-dev");
  });

  it("knows the keys of sessions that the emulator has given out, for as long as they last", async () => {
    const keys = { accessKeyId: "ASIA1", secretAccessKey: "s", sessionToken: "t" };
    const unknown = { authenticated: false, error: "the key ASIA1 is not one of the sandbox's" };
    assert.deepEqual(await review(keys), unknown);
    const sts = new STSClient(front.client);
    await sts.send(new AssumeRoleCommand({ RoleArn: "arn:aws:iam::111122223333:role/admin", RoleSessionName: "ann" }));
    sts.destroy();
    assert.deepEqual(await review(keys), { authenticated: true, user: ANN });
    await front.restart();
    assert.deepEqual(await review(keys), { authenticated: true, user: ANN }, "also after a restart");
    front.now = BEGIN + 61 * 60_000;
    assert.deepEqual(await review(keys, front.now), unknown);
  });

  it("is not of use to who guesses a secret: STS gives out no key, and EKS lets nobody in", async () => {
    const asked = front.emulator.asked.length;
    const RoleArn = "arn:aws:iam::111122223333:role/admin";
    for (const [credentials, sts, eks] of [
      [{ ...ROOT_KEY, secretAccessKey: "guessed" }, "SignatureDoesNotMatch", "InvalidSignatureException"],
      [{ accessKeyId: "AKIA2", secretAccessKey: "s" }, "InvalidClientTokenId", "UnrecognizedClientException"],
    ] as const) {
      const client = { ...front.client, credentials };
      const [one, other] = [new STSClient(client), new EKSClient(client)];
      const entry = { clusterName: "ed8k-dev", principalArn: RoleArn };
      await assert.rejects(one.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "x" })), { name: sts });
      await assert.rejects(other.send(new CreateAccessEntryCommand(entry)), { name: eks });
      one.destroy();
      other.destroy();
    }
    assert.equal(front.emulator.asked.length, asked);
  });

  it("refuses what is no review", async () => {
    assert.deepEqual(await send({ spec: {} }), { authenticated: false, error: "this is no TokenReview" });
  });
});
