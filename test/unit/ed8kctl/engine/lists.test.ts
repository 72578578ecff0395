import assert from "node:assert/strict";
import { readLastUpdate, readStackList } from "../../../../ed8kctl/engine/lists.js";

describe("the engine's lists", () => {
  it("of stacks tell how much each has made, where the backend counts", () => {
    const printed = [
      { name: "dev", current: false, lastUpdate: "2026-11-25T01:07:18.142Z", resourceCount: 0 },
      { name: "acme/ed8k/alice", current: true, resourceCount: 34 },
      { name: "bob", current: false },
    ];
    assert.deepEqual(readStackList(JSON.stringify(printed)), [
      { name: "dev", resources: 0 },
      { name: "alice", resources: 34 },
      { name: "bob" },
    ]);
    assert.deepEqual(readStackList("[]"), []);
  });

  it("of updates begin with the newest", () => {
    const update = {
      kind: "update",
      startTime: "2026-11-25T00:59:00.000Z",
      environment: {},
      result: "succeeded",
      endTime: "2026-11-25T01:07:18.000Z",
      resourceChanges: { create: 3, same: 1 },
    };
    assert.deepEqual(readLastUpdate(JSON.stringify([update, { ...update, result: "failed" }])), {
      kind: "update",
      succeeded: true,
      ended: "2026-11-25T01:07:18.000Z",
      changes: { create: 3, same: 1 },
    });
    const { resourceChanges: _, ...failed } = { ...update, result: "failed" };
    const { succeeded, changes } = readLastUpdate(JSON.stringify([failed])) ?? {};
    assert.deepEqual([succeeded, changes], [false, {}]);
    assert.equal(readLastUpdate("[]"), undefined);
  });
});
