import { connect } from "node:net";
import { UserError } from "../../errors.js";

export interface Patience {
  /** A connection that is not there by then is not coming. @default 5,000 */
  readonly connectMs: number;
  /** The name of a new cluster is known some seconds after it is there. @default 60,000 */
  readonly totalMs: number;
}

const PATIENCE: Patience = { connectMs: 5_000, totalMs: 60_000 };
const PAUSE_MS = 2_000;

/**
 * Waits until the API server can be reached from here, which only who is in the VPC or comes by the VPN can.
 * @param stack name of the cluster stack
 * @param endpoint URL of the API server
 * @throws UserError when it cannot
 */
export async function requireReachable(stack: string, endpoint: string, patience = PATIENCE): Promise<void> {
  const end = Date.now() + patience.totalMs;
  for (;;) {
    const problem = await tryToConnect(new URL(endpoint), patience.connectMs);
    if (problem === undefined) return;
    if (Date.now() + PAUSE_MS >= end) throw unreachable(stack, endpoint, problem);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** @returns what went wrong */
function tryToConnect({ hostname, port }: URL, timeout: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port === "" ? "443" : port), timeout });
    const end = (problem?: string): void => {
      socket.destroy();
      resolve(problem);
    };
    socket.once("connect", () => end());
    socket.once("timeout", () => end(`no answer within ${timeout} ms`));
    socket.once("error", (error) => end(error.message));
  });
}

function unreachable(stack: string, endpoint: string, problem: string): UserError {
  return new UserError(
    `the API server of the cluster ${stack} cannot be reached from here: ${endpoint}: ${problem}. It is private: it answers inside the VPC and to clients of the VPN`,
    {
      hint: `connect to the VPN and run this again; as long as nothing runs in the cluster, the AWS parts can be applied alone: pulumi config set ed8k:platform false --stack ${stack}`,
    },
  );
}
