import assert from "node:assert/strict";
import { eventTarget } from "../../../../../../../sandbox/providers/aws/kinds/events/target.js";
import { FakeClients } from "../fake-clients.js";
import { servicesOf } from "../services.js";

const INPUTS = { rule: "ed8k-dev-spot", targetId: "karpenter", arn: "arn:queue" };

describe("the kind of EventBridge targets", () => {
  it("fails when AWS has refused the target, though the call succeeds", async () => {
    const refused = { FailedEntryCount: 1, FailedEntries: [{ TargetId: "karpenter", ErrorMessage: "no such queue" }] };
    await assert.rejects(eventTarget.create(INPUTS, await servicesOf(new FakeClients({ PutTargets: refused }))), {
      message: "Target karpenter of rule ed8k-dev-spot was refused: no such queue",
    });
  });

  it("finds an imported one by an id that does not say where the rule's name ends", async () => {
    const fake = new FakeClients({
      ListRules: [
        { Rules: [{ Name: "ed8k" }, { Name: "other" }], NextToken: "2" },
        { Rules: [{ Name: "ed8k-dev-spot" }] },
      ],
      ListTargetsByRule: [{ Targets: [] }, { Targets: [{ Id: "karpenter", Arn: "arn:queue" }] }],
    });
    assert.deepEqual(await eventTarget.read("ed8k-dev-spot-karpenter", await servicesOf(fake), {}), INPUTS);
  });
});
