import assert from "node:assert/strict";
import { listText, parseColumns } from "../../../../ed8kctl/commands/list.js";
import { environmentsOf } from "../../../../ed8kctl/live/list.js";
import { environmentNamespace } from "../live/objects.js";

const VIEW = { now: Date.parse("2026-11-24T11:00:00Z"), entry: { ingressPort: 80 } };

describe("ed8kctl list", () => {
  const environments = environmentsOf([
    environmentNamespace("alice", "alice"),
    environmentNamespace("bob", "bob", { deletionTimestamp: "2026-11-24T10:00:00Z", annotations: {} }),
  ]);

  it("shows an environment a line", () => {
    assert.equal(
      listText(environments, parseColumns(undefined), VIEW),
      `NAME   OWNER  PROFILE  SIZE  STATE     AGE  SERVICES     URL
alice  alice  full     m     active    2h   fxsuite,bos  http://fxsuite--alice.ed8k.localhost
bob    bob                   deleting  2h`,
    );
  });

  it("shows the columns that are asked for, in that order", () => {
    assert.equal(listText(environments, parseColumns("Age, name"), VIEW), "AGE  NAME\n2h   alice\n2h   bob");
  });

  it("refuses what is no column", () => {
    assert.throws(() => parseColumns("name,onwer"), {
      message: '--columns: "onwer" is no column; there are name, owner, profile, size, state, age, services, url',
      hint: "did you mean owner?",
      exit: "usage",
    });
  });
});
