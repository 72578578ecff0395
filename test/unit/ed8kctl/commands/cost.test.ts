import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClusterEstimate } from "../../../../cluster/cost/estimate.js";
import { cost } from "../../../../ed8kctl/commands/cost.js";
import { recorded } from "./service/recorder.js";

describe("ed8kctl cost", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "ed8k-cost-"))));
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it("tells the cluster's parts, 100 environments and the budget, without a cluster and an engine [row 6]", async () => {
    const { data, texts, error } = await recorded(cost, [], { cluster: "dev" });
    assert.equal(error, undefined);
    const [{ environments, total, budget } = {} as ClusterEstimate] = data as ClusterEstimate[];
    assert.deepEqual([environments.count, environments.size, budget.monthlyUsd], [100, "m", 10_000]);
    assert.match(
      texts[0] ?? "",
      /^Cluster dev in eu-west-1, US dollars, list prices\n\nITEM +AMOUNT +HOUR +MONTH\nEKS control plane +1 × cluster +0\.10 +73\n/,
    );
    const percent = Math.round((total.perMonth / 10_000) * 100);
    assert.match(
      texts[0] ?? "",
      new RegExp(
        `\n${Math.round(total.perMonth)} a month is ${percent} % of the budget of 10000; ${budget.environments} env`,
      ),
    );
    assert.match(texts[0] ?? "", /\nAssumed:\n {2}a month has 730 hours\n/);
  });

  it("counts as many environments of a size as it is asked for, and says when that is over the budget", async () => {
    const { data, texts } = await recorded(cost, [], { cluster: "dev", environments: "500", size: "l" });
    const [{ environments, total } = {} as ClusterEstimate] = data as ClusterEstimate[];
    assert.deepEqual([environments.count, environments.size], [500, "l"]);
    assert.match(texts[0] ?? "", new RegExp(`: OVER BUDGET by ${Math.round(total.perMonth - 10_000)}; `));
  });

  it("takes prices from a file", async () => {
    const prices = join(folder, "prices.yaml");
    writeFileSync(prices, "eks.cluster: 1\n");
    const { texts } = await recorded(cost, [], { cluster: "dev", prices });
    assert.match(texts[0] ?? "", /\nEKS control plane +1 × cluster +1\.00 +730\n/);
    const { error } = await recorded(cost, [], { cluster: "dev", prices: join(folder, "none.yaml") });
    assert.match(error?.message ?? "", /^there is no file .*none\.yaml to read prices from$/);
  });

  it("tells one environment, awake and asleep, from its plan", async () => {
    const options = { offline: true, cluster: "dev", profile: "minimal", owner: "alice" };
    const { data, texts, error } = await recorded(cost, ["alice"], options);
    assert.equal(error, undefined);
    const [{ environment, use } = {}] = data as { environment?: string; use?: { storageGib: number } }[];
    assert.equal(environment, "alice");
    assert.ok((use?.storageGib ?? 0) > 0);
    assert.match(
      texts[0] ?? "",
      /^Environment alice, US dollars, list prices, without a share of the cluster\nasks for /,
    );
    assert.match(texts[0] ?? "", /\nHOUR AWAKE +HOUR ASLEEP +MONTH +MONTH, NEVER ASLEEP\n/);
  });

  for (const [args, options, message] of [
    [
      [],
      { cluster: "dev", environments: "0" },
      "--environments 0 is not allowed; it is a whole number from 1 to 10000",
    ],
    [["alice"], { environments: "9" }, "--environments is about the cluster, not about one environment"],
  ] as const) {
    it(`refuses: ${message}`, async () => {
      const { data, error } = await recorded(cost, args, options);
      assert.deepEqual([data, error?.message], [[], message]);
    });
  }
});
