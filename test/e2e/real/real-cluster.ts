import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { sandboxPorts } from "../../../sandbox/ports.js";
import { OwnCluster } from "../environments/own-cluster.js";
import { BASE_PORT } from "../sandbox/own-sandbox.js";

/** A sandbox of a test file's own with one real node, on which pods run. */
export class RealCluster extends OwnCluster {
  constructor() {
    super();
    this.nodes = ["--nodes", "real"];
  }

  /** Where the environments' host names are served. */
  get gatewayPort(): number {
    return sandboxPorts(BASE_PORT).gateway;
  }

  /** What a query of a service's own PostgreSQL gives, a row a line. */
  async query(environment: string, service: string, sql: string): Promise<readonly string[]> {
    const psql = ["psql", "--username=app", "--dbname=app", "--tuples-only", "--no-align", "--command", sql];
    const text = await this.kubectl("exec", "--namespace", environment, `${service}--db-0`, "--", ...psql);
    return text.split("\n").filter((line) => line !== "");
  }

  /** Kills every process of the node whose command line holds the text, as the kernel's OOM killer would; tells how many. */
  async killInNode(text: string): Promise<number> {
    const { stdout } = await promisify(execFile)("ps", ["-e", "-o", "pid=,ppid=,args="]);
    const processes = stdout.split("\n").flatMap((line) => {
      const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return args === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), args }];
    });
    const parents = new Map(processes.map(({ pid, parent }) => [pid, parent]));
    const root = this.sandbox.pidOf("node");
    const isInside = (pid: number): boolean => {
      for (let at: number | undefined = pid; at !== undefined && at > 1; at = parents.get(at))
        if (at === root) return true;
      return false;
    };
    const killed = processes.filter(({ pid, args }) => args.includes(text) && isInside(pid));
    for (const { pid } of killed) process.kill(pid, "SIGKILL");
    return killed.length;
  }
}
