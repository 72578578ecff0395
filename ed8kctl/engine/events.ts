import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { ChangeSummary, RunOptions, StepEvent } from "./stacks.js";

const OPERATIONS: Readonly<Record<string, StepEvent["operation"]>> = {
  create: "create",
  "create-replacement": "replace",
  replace: "replace",
  "delete-replaced": "delete",
  update: "update",
  delete: "delete",
  read: "read",
  refresh: "refresh",
  same: "same",
  import: "import",
};
const SEVERITIES: Readonly<Record<string, "warning" | "error" | "info">> = {
  warning: "warning",
  error: "error",
  info: "info",
  // What programs and plugins write to stderr, such as warnings of Node: seldom an error, and never the cause of one.
  "info#err": "info",
};

/** What of an engine's run is kept while it goes on. */
export interface RunRecord {
  changes: ChangeSummary;
  /** Lines of severity `error`, the first of which names the cause. */
  readonly errors: string[];
  /** True when the engine has met operations that a killed run had begun. */
  hasPending: boolean;
}

/** Turns the engine's events into steps and diagnostics, and records what the caller needs afterwards. */
export function eventHandler(record: RunRecord, { onStep, onDiagnostic }: RunOptions): (event: EngineEvent) => void {
  return ({ resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent, summaryEvent }) => {
    if (resourcePreEvent !== undefined) tell(resourcePreEvent.metadata, "started", onStep);
    if (resOutputsEvent !== undefined) tell(resOutputsEvent.metadata, "done", onStep);
    if (resOpFailedEvent !== undefined) tell(resOpFailedEvent.metadata, "failed", onStep);
    if (summaryEvent !== undefined) record.changes = { ...summaryEvent.resourceChanges };
    if (diagnosticEvent === undefined || diagnosticEvent.ephemeral === true) return;
    const severity = SEVERITIES[diagnosticEvent.severity];
    const text = plain(diagnosticEvent.message);
    if (severity === undefined || text === "") return;
    if (PENDING.test(text)) record.hasPending = true;
    if (NOISE.some((noise) => noise.test(text))) return;
    if (severity === "error") record.errors.push(text);
    onDiagnostic?.(severity, text);
  };
}

interface StepMetadata {
  readonly op: string;
  readonly urn: string;
  readonly type: string;
  /** The engine sends `null` where there is nothing to tell. */
  readonly diffs?: readonly string[] | null;
  readonly detailedDiff?: Readonly<Record<string, unknown>> | null | undefined;
}

function tell(
  { op, urn, type, diffs, detailedDiff }: StepMetadata,
  phase: StepEvent["phase"],
  onStep: RunOptions["onStep"],
): void {
  const operation = OPERATIONS[op];
  // Components have nothing that could be waited for.
  if (operation === undefined || type.startsWith("ed8k:") || type.startsWith("pulumi:")) return;
  const detailed = Object.keys(detailedDiff ?? {});
  onStep?.({
    resource: urn.split("::").at(-1) ?? urn,
    type,
    operation,
    phase,
    paths: detailed.length > 0 ? detailed : (diffs ?? []),
  });
}

const PENDING = /pending operations? from previous deployment/i;

/** Said at every run, or told by ED8K in its own words. */
const NOISE = [
  /^using pulumi-(resource|language)-\S+ from \$PATH/,
  PENDING,
  /^resource plugin .* is expected to have version/,
];

/** Without the marks by which the engine colours its text. */
function plain(text: string): string {
  return text.replaceAll(/<\{%[^%]*%\}>/g, "").trim();
}
