import assert from "node:assert/strict";
import { authenticate, type LoginWorld } from "../../../../../sandbox/aws/login/authenticate.js";
import { eksToken } from "../../../../../sandbox/aws/login/eks-token.js";
import { parseToken } from "../../../../../sandbox/aws/login/parse-token.js";
import type { ClusterRecord } from "../../../../../sandbox/aws/front/eks/state.js";

const MINUTE = 60_000;
const NOW = Date.parse("2026-11-24T12:00:00Z");
const HOST = "127.0.0.1:16442";
const KEYS = { accessKeyId: "ASIA1", secretAccessKey: "secret", sessionToken: "session/+=" };
const ROLE = "arn:aws:iam::111122223333:role/team/developer";

function cluster(name: string): ClusterRecord {
  const entry = { principalArn: ROLE, username: "ed8k:{{SessionNameRaw}}", kubernetesGroups: ["ed8k:developers"] };
  const access = { [ROLE]: { entry, policies: [] } };
  return { cluster: { name }, nodegroups: {}, addons: {}, access, associations: {}, updates: {} };
}

const WORLD: LoginWorld = {
  hosts: [HOST],
  now: NOW,
  clusters: [cluster("ed8k-prod"), cluster("ed8k-dev")],
  secretOf: (id) => (id === KEYS.accessKeyId ? KEYS.secretAccessKey : undefined),
  identify: () =>
    Promise.resolve({
      arn: "arn:aws:sts::111122223333:assumed-role/developer/alice@example.com",
      account: "111122223333",
      userId: "AROA1:alice@example.com",
    }),
};

async function token(change: Partial<Parameters<typeof eksToken>[0]> = {}): Promise<string> {
  const request = { cluster: "ed8k-dev", region: "eu-west-1", keys: KEYS, endpoint: `http://${HOST}` };
  return (await eksToken({ ...request, now: new Date(NOW), ...change })).token;
}

/** A token with the same URL but for one change. */
async function forged(change: (url: URL) => void): Promise<string> {
  const url = new URL(Buffer.from((await token()).slice("k8s-aws-v1.".length), "base64url").toString());
  change(url);
  return `k8s-aws-v1.${Buffer.from(url.href).toString("base64url")}`;
}

describe("logins to an EKS cluster of the sandbox", () => {
  it("make a user of a role's session, with the groups of the role's access entry", async () => {
    const expected = {
      username: "ed8k:alice@example.com",
      uid: "aws-iam-authenticator:111122223333:AROA1",
      groups: ["ed8k:developers"],
      extra: {
        arn: ["arn:aws:sts::111122223333:assumed-role/developer/alice@example.com"],
        canonicalArn: ["arn:aws:iam::111122223333:role/developer"],
        sessionName: ["alice@example.com"],
      },
    };
    assert.deepEqual(await authenticate(await token(), WORLD), expected);
    const real = await token({ endpoint: "https://sts.eu-west-1.amazonaws.com" });
    assert.deepEqual(await authenticate(real, WORLD), expected, "signed for AWS' own STS");
  });

  const refused: readonly (readonly [string, () => Promise<string>, string])[] = [
    [
      "another cluster",
      () => token({ cluster: "ed8k-test" }),
      "the signature is wrong, or made for a cluster that is not there",
    ],
    [
      "another secret",
      () => token({ keys: { ...KEYS, secretAccessKey: "guessed" } }),
      "the signature is wrong, or made for a cluster that is not there",
    ],
    [
      "an unknown key",
      () => token({ keys: { ...KEYS, accessKeyId: "AKIA2" } }),
      "the key AKIA2 is not one of the sandbox's",
    ],
    [
      "a moment 16 minutes ago",
      () => token({ now: new Date(NOW - 16 * MINUTE) }),
      "the token is refused: it was signed 16 minutes ago; 15 are allowed",
    ],
    [
      "a moment to come",
      () => token({ now: new Date(NOW + 6 * MINUTE) }),
      "the token is refused: it was signed in the future",
    ],
    [
      "another host",
      () => token({ endpoint: "https://sts.example.com" }),
      "the token is refused: sts.example.com is no host of STS",
    ],
    ["another path", () => forged((url) => (url.pathname = "/x")), "the token is refused: its path is /x"],
    [
      "another action",
      () => forged((url) => url.searchParams.set("Action", "GetSessionToken")),
      "the token is refused: it asks STS for GetSessionToken",
    ],
    [
      "a parameter more",
      () => forged((url) => url.searchParams.set("RoleArn", "x")),
      "the token is refused: it has the parameter RoleArn",
    ],
    [
      "a parameter twice",
      () => forged((url) => url.searchParams.append("Action", "GetCallerIdentity")),
      "the token is refused: it has a parameter twice",
    ],
    [
      "no signed cluster",
      () => forged((url) => url.searchParams.set("X-Amz-SignedHeaders", "host")),
      "the token is refused: x-k8s-aws-id is not signed",
    ],
    [
      "a longer life",
      () => forged((url) => url.searchParams.set("X-Amz-Expires", "3600")),
      "the token is refused: it expires later than in 15 minutes",
    ],
    [
      "a changed life",
      () => forged((url) => url.searchParams.set("X-Amz-Expires", "900")),
      "the signature is wrong, or made for a cluster that is not there",
    ],
    ["no prefix", () => Promise.resolve("abc"), "the token is refused: it does not begin with k8s-aws-v1."],
    ["no URL", () => Promise.resolve("k8s-aws-v1.abc"), "the token is refused: it holds no URL"],
  ];
  for (const [what, make, reason] of refused) {
    it(`are refused with a token for ${what}`, async () => {
      assert.equal(await authenticate(await make(), WORLD), reason);
    });
  }

  it("are refused to those whom STS does not know, and to roles without an access entry", async () => {
    assert.equal(
      await authenticate(await token(), { ...WORLD, identify: () => Promise.resolve(undefined) }),
      "STS does not know whose key it is",
    );
    const other = {
      arn: "arn:aws:sts::111122223333:assumed-role/other/bob",
      account: "111122223333",
      userId: "AROA2:bob",
    };
    assert.equal(
      await authenticate(await token(), { ...WORLD, identify: () => Promise.resolve(other) }),
      "cluster ed8k-dev has no access entry for arn:aws:sts::111122223333:assumed-role/other/bob",
    );
  });

  it("ask STS with the very URL that was signed, for the cluster that it was signed for", async () => {
    const asked: string[] = [];
    await authenticate(await token(), {
      ...WORLD,
      identify: ({ url }, name) => {
        asked.push(url.host, name, url.searchParams.get("X-Amz-Security-Token") ?? "");
        return Promise.resolve(undefined);
      },
    });
    assert.deepEqual(asked, [HOST, "ed8k-dev", "session/+="]);
  });

  it("read what AWS' own command makes", () => {
    // Of aws-cli 1.45.11, which names its own STS in the sandbox.
    const url =
      "http://127.0.0.1:16442/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ed8k%2F20261124%2Feu-west-1%2Fsts%2Faws4_request&X-Amz-Date=20261124T115936Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id&X-Amz-Signature=6c0ea17ec18131ed21daa1630ce9553b7673a69fe63fbc6ca9974e42a2818e3f";
    const claim = parseToken(`k8s-aws-v1.${Buffer.from(url).toString("base64url")}`, WORLD);
    assert.deepEqual(claim, {
      url: new URL(url),
      accessKeyId: "ed8k",
      region: "eu-west-1",
      signedAt: new Date("2026-11-24T11:59:36Z"),
      expiresSeconds: 60,
      signature: "6c0ea17ec18131ed21daa1630ce9553b7673a69fe63fbc6ca9974e42a2818e3f",
    });
  });
});
