import assert from "node:assert/strict";
import { removeEnded } from "../../../../ed8kctl/run/remove-pods.js";
import type { JsonObject } from "../../../../kube/manifest.js";
import { FakeApiServer } from "../../kube/fake-api-server.js";
import { live } from "../live/objects.js";

describe("what earlier runs have left", () => {
  it("is removed once it has ended a while ago, or all its time is over", async () => {
    const server = await FakeApiServer.start();
    try {
      // The fake's objects were made at noon.
      const at = (time: string) => `2026-11-24T12:${time}Z`;
      const put = (name: string, fields: JsonObject, label = "ed8k.dev/run") =>
        server.put(live(`Pod ${name}`, fields, { namespace: "alice", labels: { [label]: "bos" } }));
      const ended = (finishedAt: string) => {
        const containerStatuses = [{ state: { terminated: { exitCode: 1, finishedAt } } }];
        return { status: { phase: "Failed", containerStatuses } };
      };
      const pending = (activeDeadlineSeconds: number) => ({
        spec: { activeDeadlineSeconds },
        status: { phase: "Pending" },
      });
      put("ended", ended(at("08:59")));
      put("ended-just-now", ended(at("09:01")));
      put("evicted", { status: { phase: "Failed", reason: "Evicted" } });
      put("running", { status: { phase: "Running" } });
      put("over", pending(269));
      put("may-still-begin", pending(270));
      put("of-a-service", ended(at("00:01")), "ed8k.dev/service");
      const out = { warn: (line: string) => assert.fail(line) };
      const removing = { client: server.client(), environment: "alice", context: "ed8k-sandbox", out };
      await removeEnded(removing, Date.parse(at("10:00")), new AbortController().signal);
      const left = server.store.all().map(({ metadata }) => metadata.name);
      assert.deepEqual(left, ["ended-just-now", "running", "may-still-begin", "of-a-service"]);
    } finally {
      await server.stop();
    }
  });
});
