import assert from "node:assert/strict";
import { ended, event, problems, sick, told, waiting } from "./fixtures.js";

const http = { httpGet: { path: "/health", port: "http" } };
const running = (startedAt: string, started: boolean) => ({ state: { running: { startedAt } }, started });

describe("a container whose probe fails", () => {
  const serving = running("2026-11-24T09:04:00Z", true);
  const readiness = (said: string, more = {}) =>
    told(sick(serving, { spec: { readinessProbe: http } }), [event("Unhealthy", said, more)]);

  it("is told which one asks for what, and what was answered", () => {
    const start = "readiness-probe: runs, but is not ready: its readiness probe (GET /health on port http) fails";
    const address = 'Readiness probe failed: Get "http://10.27.8.5:8080/health"';
    const cases: readonly (readonly [string, string])[] = [
      ["Readiness probe failed: HTTP probe failed with statuscode: 503", " with HTTP status 503"],
      [
        `${address}: dial tcp 10.27.8.5:8080: connect: connection refused`,
        " because nothing listens there (connection refused)",
      ],
      [
        `${address}: context deadline exceeded (Client.Timeout exceeded while awaiting headers)`,
        " because no answer comes in time",
      ],
      ["Readiness probe failed: cat: can't open '/tmp/ready'\nmore", ": cat: can't open '/tmp/ready'"],
      ["Readiness probe failed: ", ""],
      ["Readiness probe errored and resulted in unknown state: rpc error", ": rpc error"],
    ];
    for (const [said, words] of cases) assert.equal(readiness(said), start + words);
  });

  it("is only starting in its first minute, or for as long as the probe allows", () => {
    const begun = (startedAt: string, probe = {}) =>
      told(sick(running(startedAt, true), { spec: { readinessProbe: { ...http, ...probe } } }), [
        event("Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503", {
          lastTimestamp: "2026-11-24T09:09:59Z",
        }),
      ]);
    const question = "its readiness probe (GET /health on port http)";
    assert.equal(
      begun("2026-11-24T09:09:01Z"),
      `starting: has started and is not ready yet: ${question} has not passed with HTTP status 503`,
    );
    assert.match(begun("2026-11-24T09:09:00Z"), /^readiness-probe: /);
    const patient = { initialDelaySeconds: 30, periodSeconds: 10, failureThreshold: 9 };
    assert.match(begun("2026-11-24T09:08:01Z", patient), /^starting: /);
    assert.match(begun("2026-11-24T09:08:00Z", patient), /^readiness-probe: /);
  });

  it("is told what it answered without codes for terminals", () => {
    const said = "Readiness probe failed: \u001b[31mno\u001b[0m \u001b]0;title\u0007database\u0000";
    assert.match(readiness(said), /fails: no database$/);
  });

  it("is not told of answers that an earlier run gave", () => {
    const old = { lastTimestamp: "2026-11-24T09:03:59Z" };
    assert.equal(
      readiness("Readiness probe failed: HTTP probe failed with statuscode: 503", old),
      "starting: has started and is not ready yet",
    );
  });

  it("names other kinds of probes", () => {
    const kinds = [
      { tcpSocket: { port: 5432 } },
      { grpc: { port: 9090 } },
      { exec: { command: ["pg_isready", "-q"] } },
    ];
    const words = kinds.map((readinessProbe) =>
      told(sick(serving, { spec: { readinessProbe } }), [event("Unhealthy", "Readiness probe failed: ")]),
    );
    assert.deepEqual(
      words.map((text) => /\((.*)\)/.exec(text)?.[1]),
      ["connect to port 5432", "gRPC on port 9090", "pg_isready -q"],
    );
  });

  const killing = (name: string) =>
    event("Killing", `Container web failed ${name} probe, will be restarted`, { type: "Normal" });

  it("is killed for its liveness, which is no crash", () => {
    const spec = { livenessProbe: { httpGet: { path: "/", port: 80 } } };
    const loop = { ...waiting("CrashLoopBackOff"), restartCount: 3, lastState: ended(137) };
    const unhealthy = event("Unhealthy", "Liveness probe failed: HTTP probe failed with statuscode: 500");
    const [problem] = problems({ pods: [sick(loop, { spec })], events: [killing("liveness"), unhealthy] });
    assert.equal(problem?.cause, "liveness-probe");
    assert.equal(
      problem.text,
      "is killed and started anew again and again: its liveness probe (GET / on port 80) fails with HTTP status 500, 3 restarts",
    );
    assert.deepEqual(problem.log, { pod: "bos-web-1", container: "web", previous: false });
  });

  it("crashed by itself when it was killed in an earlier run only", () => {
    const loop = { ...waiting("CrashLoopBackOff"), restartCount: 3, lastState: ended(137) };
    const before = event("Killing", "Container web failed liveness probe, will be restarted", {
      lastTimestamp: "2026-11-24T09:07:00Z",
    });
    assert.equal(
      told(sick(loop), [before]),
      "crash: crashes again and again: it ended with exit code 137 (SIGKILL: it was killed) after 2.0 s, 3 restarts",
    );
  });

  it("is killed for not starting in time", () => {
    const spec = { startupProbe: { ...http, periodSeconds: 2, failureThreshold: 10, initialDelaySeconds: 5 } };
    const again = { ...running("2026-11-24T09:08:05Z", false), restartCount: 1, lastState: ended(143) };
    const [problem] = problems({ pods: [sick(again, { spec })], events: [killing("startup")] });
    assert.equal(
      problem?.text,
      "did not start within 25.0 s: its startup probe (GET /health on port http) fails, 1 restart",
    );
    assert.equal(
      problem.next,
      "ed8kctl logs alice bos --previous; if it only needs longer, raise the startup probe's failureThreshold",
    );
  });
});

describe("a container that is slow to start", () => {
  const spec = { startupProbe: { ...http, periodSeconds: 2, failureThreshold: 60 } };

  it("is told since when, and for how long it may go on", () => {
    const slow = sick(running("2026-11-24T09:09:00Z", false), { spec });
    const refused = event(
      "Unhealthy",
      'Startup probe failed: Get "http://10.0.0.1/": dial tcp: connect: connection refused',
    );
    const [problem] = problems({ pods: [slow], events: [refused] });
    assert.deepEqual(
      [problem?.cause, problem?.text, problem?.since],
      [
        "starting",
        "is still starting: its startup probe (GET /health on port http) has not passed because nothing listens there (connection refused), and allows it 1 min 0 s more",
        "2026-11-24T09:09:00Z",
      ],
    );
  });

  it("counts as failing after two minutes, however long it is allowed", () => {
    const patient = { startupProbe: { ...http, periodSeconds: 1, failureThreshold: 3600 } };
    const refused = event("Unhealthy", "Startup probe failed: HTTP probe failed with statuscode: 503");
    const causeAt = (startedAt: string) =>
      problems({ pods: [sick(running(startedAt, false), { spec: patient })], events: [refused] })[0];
    assert.equal(causeAt("2026-11-24T09:08:30Z")?.cause, "starting");
    const { cause, next } = causeAt("2026-11-24T09:07:30Z") ?? {};
    assert.deepEqual([cause, next], ["startup-probe", "ed8kctl logs alice bos"]);
  });

  it("is about to be started anew when its time is over", () => {
    assert.match(
      told(sick(running("2026-11-24T09:07:59Z", false), { spec })),
      /^starting: .* has no patience left: it is about to be started anew$/,
    );
  });
});
