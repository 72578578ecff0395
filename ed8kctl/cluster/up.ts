import type { ClusterConfig } from "../../config.js";
import { CLUSTER_OUTPUT, hasFacts, parseFacts, type ClusterFacts } from "../../cluster/outputs.js";
import { UserError } from "../../errors.js";
import { stackProgram } from "../../program.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { changedResources, type ResourceChange } from "../engine/changed-resources.js";
import { diagnosticsTo } from "../engine/diagnostics.js";
import type {
  ChangeSummary,
  StackRecord,
  StackSecrets,
  Stacks,
  UpdateRecord,
  UpOptions,
  StepEvent,
} from "../engine/stacks.js";
import { PASSPHRASE } from "../environment/secrets.js";
import { recordFacts } from "../known-clusters.js";
import type { Output } from "../output.js";
import { inStep } from "../steps.js";
import { changesOfExisting, countsText, isChange } from "./changes-text.js";
import { clusterSteps, type ClusterSteps } from "./cluster-steps.js";
import type { StackFile } from "./stack-file.js";
import { explainUnreachable } from "./unreachable.js";
import { recordedVersion, requireVersionStep } from "./version-step.js";

export interface ClusterUp {
  readonly stack: string;
  readonly file: StackFile;
  readonly stacks: Stacks;
  readonly out: Output;
  readonly signal: AbortSignal;
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Only tells what would be done. */
  readonly preview: boolean;
  /** Looks at what there really is first, also where the last run succeeded. */
  readonly refresh: boolean;
}

/** What was done to a cluster stack, or would be. */
export interface ClusterApplied {
  readonly stack: string;
  readonly preview: boolean;
  /** True when it was looked at what there really is. */
  readonly refreshed: boolean;
  readonly changes: ChangeSummary;
  /** In a preview: what would be done to which resource. */
  readonly resources?: readonly ResourceChange[];
  /** What environments need to know; absent in a preview, and where nothing runs in the cluster yet. */
  readonly facts?: ClusterFacts;
}

/**
 * Does what `pulumi up` does on the cluster stack: the same program with the config of the same file.
 * @throws UserError when it is not wanted, or cannot be done
 */
export async function applyCluster(args: ClusterUp): Promise<ClusterApplied> {
  const { stack, stacks, out, yes, preview } = args;
  if (!yes && !preview && !out.terminal) {
    throw new UserError(
      `what would be changed of the cluster ${stack} has to be agreed to, and there is no terminal to ask on`,
      {
        exit: "usage",
        hint: "look with --preview, then agree with --yes",
      },
    );
  }
  const [record, last, outputs] = await Promise.all([
    stacks.record(stack),
    stacks.lastUpdate(stack),
    args.file.config.provider === "eks" ? stacks.outputs(stack) : undefined,
    stacks.prepare(),
  ]);
  requirePlatform(args, record);
  requireVersion(args, outputs?.[CLUSTER_OUTPUT]);
  const refreshed = args.refresh || mayDiffer(record, last);
  if (refreshed && !args.refresh) out.progress("the last run did not succeed: looking first at what there really is");
  if (preview) return { stack, preview, refreshed, ...(await previewed(args, refreshed)) };
  if (!yes) await requireConsent(args, refreshed);
  warnOfBegun(args, record);
  if (record === undefined) await stacks.create(stack, secretsOf(args.file.config));
  const changes = await updated(args, refreshed);
  const facts = await factsOf(args);
  return { stack, preview, refreshed, changes, ...(facts === undefined ? {} : { facts }) };
}

/** `ed8k:platform: false` is for a cluster that is made from outside; on one that is in use it would empty it. */
function requirePlatform({ stack, file: { config } }: ClusterUp, record: StackRecord | undefined): void {
  if (config.provider !== "eks" || config.platform || record === undefined || record.objects === 0) return;
  throw new UserError(
    `ed8k:platform is false, and ${record.objects} objects run in the cluster ${stack} already: they would be removed`,
    { exit: "usage", hint: `pulumi config set ed8k:platform true --stack ${stack}` },
  );
}

function requireVersion({ stack, file: { config } }: ClusterUp, output: unknown): void {
  const from = recordedVersion(output);
  if (config.provider !== "eks" || from === undefined) return;
  requireVersionStep(stack, { from, to: config.settings.eks.version });
}

/** AWS may have made what a killed run did not live to record; the engine then forgets that it had begun, and makes another. */
function warnOfBegun({ stack, out }: ClusterUp, record: StackRecord | undefined): void {
  for (const urn of record?.begunOnAws ?? []) {
    out.warn(
      `a run was killed while it made ${urn}: it may be on AWS a second time after this; look for it, and delete the one that stack ${stack} does not name`,
    );
  }
}

/** A run that failed or was killed may have made what it has not recorded, and the other way round. */
function mayDiffer(record: StackRecord | undefined, last: UpdateRecord | undefined): boolean {
  return record?.hasPending === true || last?.succeeded === false;
}

interface Previewed {
  readonly changes: ChangeSummary;
  readonly resources: readonly ResourceChange[];
}

async function previewed(args: ClusterUp, refresh: boolean): Promise<Previewed> {
  const { stack, stacks } = args;
  const label = `what would change of the cluster ${stack}`;
  const steps: StepEvent[] = [];
  const onStep = (step: StepEvent): void => void steps.push(step);
  const changes = await run(args, { refresh, label }, (options) => stacks.preview(stack, { ...options, onStep }));
  return { changes, resources: changedResources(steps) };
}

function updated(args: ClusterUp, refresh: boolean): Promise<ChangeSummary> {
  const { stack, stacks } = args;
  return run(args, { refresh, label: `cluster ${stack}` }, async (options, { onStep, finish }) => {
    const changes = await stacks.up(stack, { ...options, onStep });
    finish();
    return changes;
  });
}

async function requireConsent(args: ClusterUp, refresh: boolean): Promise<void> {
  const { stack, out } = args;
  const { changes, resources } = await previewed(args, refresh);
  if (!isChange(changes)) return;
  for (const line of changesOfExisting(resources)) out.progress(line);
  if (await out.confirm(`The cluster ${stack}: ${countsText(changes, "future")}. Do it?`)) return;
  throw new UserError(`the cluster ${stack} stays as it is`, { exit: "interrupted" });
}

/** Where a key of a cloud encrypts the environments' stacks, it does so for the cluster's own. */
function secretsOf({ secretsProvider }: ClusterConfig): StackSecrets {
  return secretsProvider === PASSPHRASE ? {} : { provider: secretsProvider };
}

interface Run {
  readonly label: string;
  readonly refresh: boolean;
}

async function run(
  { stack, file, out, signal }: ClusterUp,
  { label, refresh }: Run,
  work: (options: UpOptions, steps: ClusterSteps) => Promise<ChangeSummary>,
): Promise<ChangeSummary> {
  const root = out.step(label);
  const program = (): Promise<Record<string, unknown>> => stackProgram(checkoutRoot());
  const options: UpOptions = {
    config: file.raw,
    program,
    kind: "cluster",
    refresh,
    signal,
    onDiagnostic: diagnosticsTo(out),
  };
  const steps = clusterSteps(root);
  try {
    return await inStep(root, () => work(options, steps));
  } catch (error) {
    throw explainUnreachable(error, stack, "up");
  }
}

/** Another verb need not ask the stack then, which takes half a second. */
async function factsOf({ stack, stacks }: ClusterUp): Promise<ClusterFacts | undefined> {
  const output = (await stacks.outputs(stack))?.[CLUSTER_OUTPUT];
  if (output === undefined || !hasFacts(output)) return undefined;
  const facts = parseFacts(stack, output);
  recordFacts(stacks.backend, facts);
  return facts;
}
