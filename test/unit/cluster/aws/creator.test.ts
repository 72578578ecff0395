import assert from "node:assert/strict";
import { listedAs, requireCreator } from "../../../../cluster/aws/creator.js";
import { settingsWith } from "./settings.js";

const role = (name: string, account = "111122223333"): string => `arn:aws:iam::${account}:role/${name}`;
const session = (name: string): string => `arn:aws:sts::111122223333:assumed-role/${name}/alice@example.com`;
const settings = settingsWith({
  eks: {
    admins: [role("aws-reserved/sso.amazonaws.com/ed8k-admin")],
    developers: [role("other", "444455556666"), role("ed8k-developer")],
    ci: [role("ed8k-ci")],
  },
});

describe("who creates a cluster", () => {
  it("is known by the role of the session, whose path the session's ARN does not have [row 98]", () => {
    const sessions = ["ed8k-admin", "ed8k-developer", "ed8k-ci", "other", "admin", "platform"].map(session);
    assert.deepEqual(
      [...sessions, "arn:aws:iam::111122223333:root", "arn:aws:iam::111122223333:user/ed8k-admin"].map((arn) =>
        listedAs(settings.eks, arn),
      ),
      [...["ed8k:eks.admins[0]", "ed8k:eks.developers[1]", "ed8k:eks.ci[0]"], ...Array<undefined>(5).fill(undefined)],
    );
  });

  const callerOf = (name: string) => ({ account: "111122223333", arn: session(name) });

  it("is none of the listed roles: EKS lets the creator in by itself, and once only", async () => {
    await assert.rejects(
      requireCreator(settings, callerOf("ed8k-admin"), () => Promise.resolve(false)),
      {
        name: "UserError",
        message: `the cluster ed8k-dev is not there yet, and ${session("ed8k-admin")} cannot create it: its role is ed8k:eks.admins[0], and EKS lets the creator in by itself, which cannot be done twice`,
        hint: "apply it the first time as a role that is in none of the lists; every later time any role may",
      },
    );
  });

  it("matters only until the cluster is there, and EKS is asked only about a listed role", async () => {
    const asked: string[] = [];
    const isThere = ({ name }: typeof settings): Promise<boolean> => {
      asked.push(name);
      return Promise.resolve(true);
    };
    await requireCreator(settings, callerOf("platform"), isThere);
    assert.deepEqual(asked, []);
    await requireCreator(settings, callerOf("ed8k-admin"), isThere);
    assert.deepEqual(asked, ["dev"]);
  });
});
