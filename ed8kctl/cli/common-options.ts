import type { Invocation, OptionSpec } from "../command.js";

export const FORMATS = ["table", "json", "yaml"] as const;
/** How a verb's answer is printed; `table` is for people. */
export type Format = (typeof FORMATS)[number];

const DEFAULT_CLUSTER = "dev";

/** Every verb has these. */
export const COMMON_OPTIONS: readonly OptionSpec[] = [
  {
    flags: "--cluster <name>",
    summary: "The cluster stack whose cluster is meant",
    default: DEFAULT_CLUSTER,
    env: "ED8K_CLUSTER",
  },
  { flags: "-o, --output <format>", summary: "How the answer is printed", default: "table", choices: FORMATS },
  { flags: "--json", summary: "The same as -o json" },
];

/** The format that the command line asks for; `--json` goes before `-o`. */
export function formatOf(options: Readonly<Record<string, unknown>>): Format {
  if (options["json"] === true) return "json";
  return FORMATS.find((format) => format === options["output"]) ?? "table";
}

/** The cluster stack that the command line means. */
export function clusterOf({ cluster }: Invocation["options"]): { readonly cluster: string } {
  return { cluster: typeof cluster === "string" ? cluster : DEFAULT_CLUSTER };
}
