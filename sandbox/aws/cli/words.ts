/** What the sandbox's own `aws` can do. */
export type AwsCommand =
  | { readonly does: "version" }
  | { readonly does: "caller"; readonly region: string }
  | { readonly does: "token"; readonly cluster: string; readonly region: string };

const HELP =
  "this aws is the ED8K sandbox's own, as the machine has none: it knows `aws eks get-token --cluster-name NAME` and " +
  "`aws sts get-caller-identity`. For everything else install AWS' command: https://aws.amazon.com/cli";

/** Options that take a value; all others of the real command are not understood. */
const OPTIONS = ["--cluster-name", "--region", "--output"];

/**
 * Reads the words of a call.
 * @returns the command, or what is wrong with the words
 */
export function parseWords(words: readonly string[], env: NodeJS.ProcessEnv): AwsCommand | { readonly fault: string } {
  if (words.includes("--version")) return { does: "version" };
  const options = new Map<string, string>();
  const names: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const [name = "", attached] = (words[index] ?? "").split("=", 2);
    if (!name.startsWith("--")) {
      names.push(name);
      continue;
    }
    if (!OPTIONS.includes(name)) return { fault: `unknown option ${name}: ${HELP}` };
    const value = attached ?? words[(index += 1)];
    if (value === undefined) return { fault: `${name} needs a value: ${HELP}` };
    options.set(name, value);
  }
  const output = options.get("--output") ?? "json";
  if (output !== "json") return { fault: `--output ${output}: this aws writes json alone` };
  const region = options.get("--region") ?? env["AWS_REGION"] ?? env["AWS_DEFAULT_REGION"] ?? "";
  if (region === "") return { fault: "no region: give --region, or set AWS_REGION" };
  return commandOf(names.join(" "), region, options.get("--cluster-name"));
}

function commandOf(name: string, region: string, cluster: string | undefined): AwsCommand | { readonly fault: string } {
  if (name === "sts get-caller-identity") return { does: "caller", region };
  if (name !== "eks get-token") return { fault: `unknown command aws ${name}: ${HELP}` };
  return cluster === undefined ? { fault: "--cluster-name is missing" } : { does: "token", cluster, region };
}
