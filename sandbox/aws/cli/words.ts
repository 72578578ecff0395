/** What the sandbox's own `aws` can do. */
export type AwsCommand =
  | { readonly does: "version" }
  | { readonly does: "caller"; readonly region: string }
  | { readonly does: "role"; readonly role: string; readonly session: string; readonly region: string }
  | { readonly does: "token"; readonly cluster: string; readonly region: string };

interface Fault {
  readonly fault: string;
}

const HELP =
  "this aws is the ED8K sandbox's own, as the machine has none: it knows `aws eks get-token --cluster-name NAME`, " +
  "`aws sts get-caller-identity` and `aws sts assume-role --role-arn ARN --role-session-name NAME`. " +
  "For everything else install AWS' command: https://aws.amazon.com/cli";

/** Options of every command; all take a value. */
const COMMON = ["--region", "--output"];
/** Options that a command must have; all others of the real command are not understood. */
const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  "eks get-token": ["--cluster-name"],
  "sts assume-role": ["--role-arn", "--role-session-name"],
  "sts get-caller-identity": [],
};

/**
 * Reads the words of a call.
 * @returns the command, or what is wrong with the words
 */
export function parseWords(words: readonly string[], env: NodeJS.ProcessEnv): AwsCommand | Fault {
  if (words.includes("--version")) return { does: "version" };
  const options = new Map<string, string>();
  const names: string[] = [];
  const known = [...COMMON, ...Object.values(COMMANDS).flat()];
  for (let index = 0; index < words.length; index += 1) {
    const [name = "", attached] = (words[index] ?? "").split("=", 2);
    if (!name.startsWith("--")) {
      names.push(name);
      continue;
    }
    if (!known.includes(name)) return { fault: `unknown option ${name}: ${HELP}` };
    const value = attached ?? words[(index += 1)];
    if (value === undefined) return { fault: `${name} needs a value: ${HELP}` };
    options.set(name, value);
  }
  return faultOf(names.join(" "), options) ?? commandOf(names.join(" "), { options, env });
}

function faultOf(name: string, options: ReadonlyMap<string, string>): Fault | undefined {
  const needed = COMMANDS[name];
  if (needed === undefined) return { fault: `unknown command aws ${name}: ${HELP}` };
  const other = [...options.keys()].find((option) => ![...COMMON, ...needed].includes(option));
  if (other !== undefined) return { fault: `unknown option ${other}: ${HELP}` };
  const missing = needed.find((option) => !options.has(option));
  if (missing !== undefined) return { fault: `${missing} is missing` };
  const output = options.get("--output") ?? "json";
  return output === "json" ? undefined : { fault: `--output ${output}: this aws writes json alone` };
}

interface Given {
  readonly options: ReadonlyMap<string, string>;
  readonly env: NodeJS.ProcessEnv;
}

function commandOf(name: string, { options, env }: Given): AwsCommand | Fault {
  const of = (option: string): string => options.get(option) ?? "";
  const region = options.get("--region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "";
  if (region === "") return { fault: "no region: give --region, or set AWS_REGION" };
  if (name === "eks get-token") return { does: "token", cluster: of("--cluster-name"), region };
  if (name === "sts get-caller-identity") return { does: "caller", region };
  return { does: "role", role: of("--role-arn"), session: of("--role-session-name"), region };
}
