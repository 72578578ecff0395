import { startSandbox } from "../../../sandbox/start.js";

await startSandbox({ report: (line) => process.stdout.write(`${line}\n`) });
