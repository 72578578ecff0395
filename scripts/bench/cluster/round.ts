import { REGION } from "../../../sandbox/aws/account.js";
import { createClients } from "../../../sandbox/providers/aws/create-clients.js";
import { timed } from "../run.js";
import { DirectAws } from "./direct.js";
import { awsGraph, type Resource } from "./graph.js";
import type { ClusterStack } from "./stack.js";

/** Seconds and calls of one round, by who did what. */
export type Round = Awaited<ReturnType<typeof measureRound>>;

/** Operations that change nothing; those of S3 are counted by their method. */
const LOOKS = /:(Describe|Get|List|Head|GET|HEAD)/;

/** The engine's turn, then the SDK's. Leaves nothing on AWS, so that each finds it empty. */
export async function measureRound(stack: ClusterStack) {
  const up = await counted(() => stack.up());
  const noop = await counted(() => stack.up());
  if (noop.changes.length > 0) throw new Error(`an up without changes called ${noop.changes.join(", ")}`);
  const graph = awsGraph(await stack.export());
  await stack.destroy();
  const clients = createClients({ region: REGION, signal: new AbortController().signal });
  const direct = await DirectAws.load(graph, clients);
  let made: readonly Resource[] = [];
  const sdkCreate = await counted(async () => (made = await direct.create(graph)));
  const sdkRead = await counted(() => direct.read(made));
  await direct.delete(made);
  return {
    resources: graph.length,
    seconds: { up: up.seconds, noop: noop.seconds, sdk_create: sdkCreate.seconds, sdk_read: sdkRead.seconds },
    calls: { up: up.calls, noop: noop.calls, sdk_create: sdkCreate.calls, sdk_read: sdkRead.calls },
  };
}

/** Times work, and has the emulator's front count what AWS is asked meanwhile. */
async function counted(work: () => Promise<unknown>) {
  const url = `${process.env["AWS_ENDPOINT_URL"] ?? ""}/_ed8k/calls`;
  await fetch(url, { method: "DELETE" });
  const seconds = await timed(work);
  const counts = (await (await fetch(url)).json()) as Readonly<Record<string, number>>;
  const calls = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return { seconds, calls, changes: Object.keys(counts).filter((name) => !LOOKS.test(name)) };
}
