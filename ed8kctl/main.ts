import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EXIT } from "../errors.js";
import { formatOf } from "./cli/common-options.js";
import { readRequest, type Request } from "./cli/dispatch.js";
import { nounHelp, overview, verbHelp } from "./cli/help.js";
import { interruptible } from "./cli/interrupt.js";
import { parseWords } from "./cli/parse.js";
import { exitCode, reportError } from "./cli/report-error.js";
import { COMMANDS } from "./commands/index.js";
import { outliveReader } from "./terminal/closed-pipe.js";
import { createOutput } from "./terminal/create-output.js";

const COMPLETE = "__complete";

// The versions that package-lock.json names run on Node.js 20; who runs this cannot choose others.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

await main(process.argv.slice(2));

/** The one place where a command line begins and every error ends. */
async function main(argv: readonly string[]): Promise<void> {
  outliveReader(process.stdout);
  outliveReader(process.stderr);
  const interrupt = interruptible();
  try {
    if (argv[0] === COMPLETE) await complete(argv.slice(1));
    else await answer(readRequest(argv, COMMANDS), interrupt.signal);
    process.exitCode = interrupt.signal.aborted ? EXIT.interrupted : EXIT.done;
  } catch (error) {
    const interrupted = interrupt.signal.aborted;
    process.exitCode = exitCode(error, interrupted);
    reportError(error, { argv, interrupted });
  } finally {
    interrupt.stop();
  }
}

async function answer(request: Request, signal: AbortSignal): Promise<void> {
  switch (request.kind) {
    case "overview":
      return print(overview(COMMANDS));
    case "noun":
      return print(nounHelp(request.noun, COMMANDS));
    case "help":
      return print(verbHelp(request.command));
    case "version":
      return print(await versionText());
    case "run": {
      const parsed = parseWords(request.command, request.words);
      const format = formatOf(parsed.options);
      const toYaml = format === "yaml" ? (await import("./format/yaml.js")).toYaml : String;
      const { stdin, stdout, stderr, env } = process;
      const endWithReader = (): never => process.exit(EXIT.done);
      const out = createOutput({ format, stdin, stdout, stderr, env, toYaml, signal, endWithReader });
      return request.command.run({ ...parsed, out, signal });
    }
  }
}

async function complete(words: readonly string[]): Promise<void> {
  const { candidates } = await import("./completion/candidates.js");
  print((await candidates(words, COMMANDS)).join("\n"));
}

async function versionText(): Promise<string> {
  const { checkoutRoot } = await import("../sandbox/paths.js");
  const { version } = JSON.parse(readFileSync(join(checkoutRoot(), "package.json"), "utf8")) as { version: string };
  return `ed8kctl ${version}`;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
