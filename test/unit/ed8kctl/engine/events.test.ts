import assert from "node:assert/strict";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { eventHandler, type RunRecord } from "../../../../ed8kctl/engine/events.js";
import type { StepEvent } from "../../../../ed8kctl/engine/stacks.js";

const TYPE = "kubernetes:apps/v1:Deployment";

/** As the engine sends them, in which what is absent may be `null`. */
function metadata(op: string, fields: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  const urn = `urn:pulumi:alice::ed8k::ed8k:environments:Environment$ed8k:environments:Release$${TYPE}::bos/Deployment/bos-web`;
  return { op, urn, type: TYPE, diffs: null, detailedDiff: null, ...fields };
}

function diagnostic(severity: string, message: string, fields: Readonly<Record<string, unknown>> = {}): unknown {
  return { diagnosticEvent: { severity, message, color: "never", ...fields } };
}

function run(...events: readonly unknown[]) {
  const record: RunRecord = { changes: {}, errors: [], hasPending: false };
  const steps: StepEvent[] = [];
  const told: string[] = [];
  const onEvent = eventHandler(record, {
    onStep: (step) => steps.push(step),
    onDiagnostic: (severity, text) => told.push(`${severity}: ${text}`),
  });
  for (const event of events) onEvent(event as EngineEvent);
  return { record, steps, told };
}

describe("the engine's events", () => {
  it("become steps that begin, end and fail", () => {
    const { steps } = run(
      { resourcePreEvent: { metadata: metadata("create"), planning: false } },
      { resOutputsEvent: { metadata: metadata("create"), planning: false } },
      { resOpFailedEvent: { metadata: metadata("update"), status: 0, steps: 1 } },
    );
    const step = { resource: "bos/Deployment/bos-web", type: TYPE, paths: [] };
    assert.deepEqual(steps, [
      { ...step, operation: "create", phase: "started" },
      { ...step, operation: "create", phase: "done" },
      { ...step, operation: "update", phase: "failed" },
    ]);
  });

  it("tell the paths that differ, in detail where the provider gives it", () => {
    const detailedDiff = { "spec.replicas": { diffKind: "update" } };
    const { steps } = run(
      { resourcePreEvent: { metadata: metadata("update", { diffs: ["spec"], detailedDiff }) } },
      { resourcePreEvent: { metadata: metadata("update", { diffs: ["spec"] }) } },
    );
    assert.deepEqual(
      steps.map(({ paths }) => paths),
      [["spec.replicas"], ["spec"]],
    );
  });

  it("use the engine's words for what is done, of which some mean the same", () => {
    const words = ["create", "create-replacement", "replace", "delete-replaced", "delete", "same", "read", "refresh"];
    const { steps } = run(...words.map((op) => ({ resourcePreEvent: { metadata: metadata(op) } })));
    const operations = ["create", "replace", "replace", "delete", "delete", "same", "read", "refresh"];
    assert.deepEqual(
      steps.map(({ operation }) => operation),
      operations,
    );
  });

  it("say nothing of components, providers, the stack itself and operations that nobody knows", () => {
    const types = ["ed8k:environments:Release", "pulumi:pulumi:Stack", "pulumi:providers:kubernetes"];
    const unknown = { resourcePreEvent: { metadata: metadata("teleport") } };
    const { steps } = run(
      ...types.map((type) => ({ resourcePreEvent: { metadata: metadata("create", { type }) } })),
      unknown,
    );
    assert.deepEqual(steps, []);
  });

  it("give the summary", () => {
    const { record } = run({ summaryEvent: { resourceChanges: { create: 3, same: 2 }, durationSeconds: 1 } });
    assert.deepEqual(record.changes, { create: 3, same: 2 });
  });

  it("tell diagnostics without the marks of colour, and keep the errors", () => {
    const { record, told } = run(
      diagnostic("warning", "<{%fg 3%}>image is old<{%reset%}>\n"),
      diagnostic("error", "<{%reset%}>no such image<{%reset%}>\n"),
      diagnostic("info#err", "(node:12) Warning: something is deprecated"),
      diagnostic("debug", "a lot of detail"),
      diagnostic("info", "<{%reset%}><{%reset%}>"),
      diagnostic("info", "waiting for pods", { ephemeral: true }),
    );
    assert.deepEqual(told, [
      "warning: image is old",
      "error: no such image",
      "info: (node:12) Warning: something is deprecated",
    ]);
    assert.deepEqual(record.errors, ["no such image"]);
  });

  it("note that a killed run had begun something, which is mended and not told", () => {
    const message =
      "<{%reset%}>Attempting to deploy or update resources with 2 pending operations from previous deployment.<{%reset%}>\n";
    const { record, told } = run(diagnostic("warning", message));
    assert.equal(record.hasPending, true);
    assert.deepEqual(told, []);
  });

  it("are quiet of what is said at every run", () => {
    const { told } = run(
      diagnostic("warning", "using pulumi-resource-kubernetes from $PATH at /opt/bin/pulumi-resource-kubernetes"),
      diagnostic("warning", "resource plugin kubernetes is expected to have version >=4.34.2, but has 4.30.0"),
    );
    assert.deepEqual(told, []);
  });
});
