import assert from "node:assert/strict";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Problem } from "../../../ed8kctl/diagnosis/problem.js";
import { BROKEN_CHARTS } from "../environments/charts/broken-charts.js";
import { writeCatalogue } from "../environments/charts/write-catalogue.js";
import { RealCluster } from "./real-cluster.js";

/** What is told of each service: its cause, the words, and the last lines that it logged. */
const TOLD: Readonly<Record<string, readonly [cause: string, words: RegExp, lines?: readonly string[]]>> = {
  "bad-image": [
    "image-unreachable",
    /^cannot pull its image registry\.invalid\/nothing:1: the registry cannot be reached from the node$/,
  ],
  "crash-loop": [
    "crash",
    /^crashes again and again: it ended with exit code 3 after (less than a second|\d+\.\d s), \d+ restarts?$/,
    ["last words"],
  ],
  "out-of-memory": [
    "out-of-memory",
    /^was killed for lack of memory \(OOM\): it used more than its limit of 32Mi, \d+ restarts?$/,
  ],
  "failing-probe": [
    "readiness-probe",
    /^runs, but is not ready: its readiness probe \(GET \/health on port 8080\) fails because nothing listens there \(connection refused\)$/,
  ],
  unschedulable: [
    "unschedulable",
    /^fits no node of \d+: too little example\.com\/gpu is free on \d+ nodes? \(it asks for 1\)/,
  ],
  "missing-secret": ["missing-secret", /^needs the Secret nowhere, which is not there$/],
  "slow-start": [
    "starting",
    /^is still starting: its startup probe \(test -f \/tmp\/started\) has not passed.*, and allows it \d+ min \d+ s more$/,
    ["warming up"],
  ],
  "quota-hit": [
    "quota",
    /^has [2-5] of 6 pods: the quota environment is used up: limits\.memory: it asks for 10Gi, and \S+ of 24Gi are used$/,
  ],
};

describe("services that do not run, on a real node", () => {
  const cluster = new RealCluster();
  before(async () => {
    await cluster.start();
    const names = Object.keys(BROKEN_CHARTS);
    const catalogue = writeCatalogue(join(cluster.sandbox.scratch, "charts"), BROKEN_CHARTS, names);
    await cluster.must("create", "broken", "--size", "s", "--catalogue", catalogue);
    // Room is for two; while the quota's use is counted anew, a third may slip in, but never all.
    await cluster.kubectl("scale", "deployment", "quota-hit", "--replicas", "6", "--namespace", "broken");
  });
  after(() => cluster.remove());

  async function problemOf(service: string): Promise<Problem | undefined> {
    const shown = await cluster.must("show", "broken", "--json");
    const { problems } = JSON.parse(shown) as { readonly problems: readonly Problem[] };
    return problems.find((problem) => problem.service === service);
  }

  for (const [service, [cause, words, lines]] of Object.entries(TOLD)) {
    it(`show names the cause of ${service}`, async () => {
      let told: Problem | undefined;
      for (const deadline = Date.now() + 120_000; Date.now() < deadline; await pause(1000)) {
        told = await problemOf(service);
        if (told !== undefined && told.cause === cause && words.test(told.text)) break;
      }
      assert.equal(told?.cause, cause, told?.text);
      assert.match(told.text, words);
      assert.deepEqual(told.lines, lines);
      assert.ok(Date.parse(told.since) <= Date.now() && told.next !== "");
    });
  }

  it("show tells people all of it", async () => {
    const text = await cluster.must("show", "broken");
    assert.match(text, /^state +failing since /m);
    assert.match(
      text,
      /^ {2}crash-loop-\S+ crashes again and again: [^]*?\n {4}since .*; next: ed8kctl logs broken crash-loop\n {4}\| last words$/m,
    );
  });

  it("logs --previous gives the last words of a run that has ended", async () => {
    assert.match(await cluster.must("logs", "broken", "crash-loop", "--previous"), /^crash-loop-\S+: last words$/m);
  });

  it("shell says why nothing can be entered, in the same words", async () => {
    const { code, stderr } = await cluster.ed8kctl("shell", "broken", "missing-secret", "--", "true");
    assert.equal(code, 1);
    assert.match(stderr, /no pod of missing-secret can be entered: missing-secret-\S+ needs the Secret nowhere/);
  });
});
