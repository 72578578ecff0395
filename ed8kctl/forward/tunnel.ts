import { spawn } from "node:child_process";
import { UserError } from "../../errors.js";
import type { Kubectl } from "../kubectl.js";
import { simulatedHint } from "../simulated.js";
import type { Way } from "./ways.js";

/** A port of this machine that leads to one pod. */
export interface Tunnel {
  readonly port: number;
  /** Resolves when it leads nowhere any more, with why; with nothing where that is not told. */
  readonly ended: Promise<string>;
  readonly close: () => void;
}

/** Opens a tunnel to a pod. @throws UserError when that is refused */
export type OpenTunnel = (way: Way) => Promise<Tunnel>;

/** Tunnels that are `kubectl port-forward`, each on a free port of 127.0.0.1 and to one pod for all its life. */
export function kubectlTunnels({ file, args }: Kubectl): OpenTunnel {
  return async ({ pod, port }) => {
    const words = [...args, "port-forward", "--address", "127.0.0.1", `pod/${pod}`, `:${port}`];
    const child = spawn(file, words, { stdio: ["ignore", "pipe", "pipe"] });
    const close = (): void => void child.kill();
    // Not even an error that nobody expected leaves it behind.
    process.once("exit", close);
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = new Promise<string>((done) => {
      const end = (): void => {
        process.off("exit", close);
        done(causeOf(said));
      };
      child.once("close", end);
      child.once("error", end);
    });
    const local = await new Promise<number | undefined>((done) => {
      let text = "";
      child.stdout.on("data", (chunk: Buffer) => {
        text += chunk.toString();
        const found = /Forwarding from 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
        if (found !== undefined) done(Number(found));
      });
      void ended.then(() => done(undefined));
    });
    if (local !== undefined) return { port: local, ended, close };
    throw new UserError(`there is no way to ${pod}: ${(await ended) || "kubectl failed"}`, simulatedHint(said));
  };
}

/** What kubectl says of a fault, without where in its own code that is; that the connection is lost is no cause. */
function causeOf(said: string): string {
  const lines = said.split("\n").map((line) => line.trim());
  const told = lines.filter((line) => line !== "" && !/^error: lost connection to pod/.test(line)).at(-1) ?? "";
  // `E1124 … portforward.go:424] "Unhandled Error" err="an error occurred forwarding …: error forwarding port …: why"`
  const [, why = told] = /error forwarding port \d+ to pod [^:]*: (.*?)"?$/.exec(told) ?? [];
  return why.replaceAll('\\"', '"').replace(/^error: /, "");
}
