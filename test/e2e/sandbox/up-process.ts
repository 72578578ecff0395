import { parseNodes } from "../../../sandbox/nodes/choice/spec.js";
import { startSandbox } from "../../../sandbox/start.js";

const nodes = parseNodes(process.argv[2] ?? "simulated");
await startSandbox({ nodes, report: (line) => process.stdout.write(`${line}\n`) });
