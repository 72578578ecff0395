import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { resolveHelm } from "../../../../sandbox/tools/helm.js";
import { pullChart } from "../../../../services/fetch/pull-chart.js";
import { cleanUp, errorOf, scratchFolder } from "../../sandbox/scratch.js";

const work = { report: () => undefined };

describe("a chart of a Helm repository, by helm itself [row 17]", () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server = undefined;
    cleanUp();
  });

  /** A repository on this machine with the chart `ledger` 1.2.3, which carries an ed8k.yaml. */
  async function repositoryIn(root: string, helm: string): Promise<string> {
    const chart = join(root, "source", "ledger");
    mkdirSync(chart, { recursive: true });
    writeFileSync(join(chart, "Chart.yaml"), "apiVersion: v2\nname: ledger\nversion: 1.2.3\n");
    writeFileSync(join(chart, "ed8k.yaml"), "kind: Service\n");
    const published = join(root, "published");
    execFileSync(helm, ["package", chart, "--destination", published], { stdio: "ignore" });
    execFileSync(helm, ["repo", "index", published], { stdio: "ignore" });
    const files = new Map(readdirSync(published).map((name) => [`/${name}`, readFileSync(join(published, name))]));
    const listening = createServer((request, response) => {
      const content = files.get(request.url ?? "");
      response.writeHead(content === undefined ? 404 : 200).end(content);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
  }

  it("is unpacked into the cache with its ed8k.yaml, and nothing else is left there", async () => {
    const root = scratchFolder();
    const helm = await resolveHelm();
    const repository = await repositoryIn(root, helm);
    const cache = join(root, "cache");
    const reference = { from: "repository", repository, chart: "ledger", version: "1.2.3" } as const;
    const folder = await pullChart(reference, { work, helm, cache });
    assert.deepEqual(readdirSync(folder).toSorted(), ["Chart.yaml", "ed8k.yaml"]);
    assert.deepEqual(readdirSync(join(folder, "..")), ["chart"]);
    server?.close();
    assert.equal(await pullChart(reference, { work, helm, cache }), folder);
    const error = await errorOf(() => pullChart({ ...reference, version: "1.2.4" }, { work, helm, cache }));
    assert.match(error.message, /^the chart ledger of http:\/\/127\.0\.0\.1:\d+, version 1\.2\.4, cannot be pulled: /);
  });

  it("is not there in a version that was never published", async () => {
    const root = scratchFolder();
    const helm = await resolveHelm();
    const repository = await repositoryIn(root, helm);
    const reference = { from: "repository", repository, chart: "ledger", version: "2.0.0" } as const;
    const error = await errorOf(() => pullChart(reference, { work, helm, cache: join(root, "cache") }));
    assert.match(error.message, /, version 2\.0\.0, cannot be pulled: .*2\.0\.0.* not found/);
  });
});
