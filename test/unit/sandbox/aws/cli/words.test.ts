import assert from "node:assert/strict";
import { parseWords } from "../../../../../sandbox/aws/cli/words.js";

const ENV = { AWS_REGION: "eu-west-1" };
const read = (line: string, env: NodeJS.ProcessEnv = ENV): unknown => parseWords(line.split(" "), env);

describe("the sandbox's own aws command", () => {
  it("understands what kubeconfigs of EKS call, in any order", () => {
    const token = { does: "token", cluster: "ed8k-dev", region: "eu-west-1" };
    assert.deepEqual(read("eks get-token --cluster-name ed8k-dev --region eu-west-1 --output json", {}), token);
    assert.deepEqual(read("--region eu-west-1 eks get-token --cluster-name=ed8k-dev", {}), token);
    assert.deepEqual(read("eks get-token --cluster-name ed8k-dev"), token);
    assert.deepEqual(read("sts get-caller-identity", { AWS_DEFAULT_REGION: "eu-west-2" }), {
      does: "caller",
      region: "eu-west-2",
    });
    const role = "arn:aws:iam::111122223333:role/ed8k-developer";
    assert.deepEqual(read(`sts assume-role --role-arn ${role} --role-session-name alice`), {
      does: "role",
      role,
      session: "alice",
      region: "eu-west-1",
    });
    assert.deepEqual(read("--version", {}), { does: "version" });
  });

  const help =
    "this aws is the ED8K sandbox's own, as the machine has none: it knows `aws eks get-token --cluster-name NAME`, " +
    "`aws sts get-caller-identity` and `aws sts assume-role --role-arn ARN --role-session-name NAME`. " +
    "For everything else install AWS' command: https://aws.amazon.com/cli";
  for (const [line, fault] of [
    ["s3 ls", `unknown command aws s3 ls: ${help}`],
    ["eks get-token --cluster-name a --role-arn b", `unknown option --role-arn: ${help}`],
    ["eks get-token --cluster-name", `--cluster-name needs a value: ${help}`],
    ["eks get-token", "--cluster-name is missing"],
    ["sts assume-role --role-arn a", "--role-session-name is missing"],
    ["sts get-caller-identity --cluster-name a", `unknown option --cluster-name: ${help}`],
    ["sts get-caller-identity --output text", "--output text: this aws writes json alone"],
  ] as const) {
    it(`says what it does not understand: ${line}`, () => {
      assert.deepEqual(read(line), { fault });
    });
  }

  it("needs a region", () => {
    assert.deepEqual(read("sts get-caller-identity", {}), { fault: "no region: give --region, or set AWS_REGION" });
  });
});
