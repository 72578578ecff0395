import { relative, resolve } from "node:path";
import { isLanguage, LANGUAGES } from "../../../services/scaffold/languages.js";
import type { Command } from "../../command.js";

/** `ed8kctl service new` */
export const serviceNew: Command = {
  name: "service new",
  summary: "Write the chart and the ed8k.yaml of a new service",
  group: "platform",
  args: [{ spec: "<name>", summary: "Name of the service, such as ledger" }],
  options: [
    {
      flags: "--language <language>",
      summary: "What it is written in: decides port, debugger and what runs when files change",
      default: "python",
      choices: LANGUAGES,
    },
    { flags: "--owner <team>", summary: "The team that answers for it (team-<name> unless given)" },
    { flags: "--folder <path>", summary: "Folder of the new chart (./<name> unless given)" },
  ],
  examples: [
    "ed8kctl service new ledger --owner team-books  # makes ./ledger",
    "ed8kctl service new ledger --folder services/ledger --language go  # makes it elsewhere",
  ],
  async run({ args, options, out }) {
    const { writeNewService } = await import("../../../services/scaffold/scaffold.js");
    const [name = ""] = args;
    const language = isLanguage(options["language"]) ? options["language"] : "python";
    const owner = typeof options["owner"] === "string" ? options["owner"] : `team-${name}`;
    const folder = resolve(typeof options["folder"] === "string" ? options["folder"] : name);
    const files = await writeNewService({ name, owner, language, folder });
    const shown = relative(process.cwd(), folder) || ".";
    const lines = [
      ...files.map((file) => `  ${shown}/${file}`),
      `the service ${name} is written; next: ed8kctl service lint ${shown}, then add to services/catalogue.yaml:`,
      `  ${name}: { chart: ${fromCatalogue(folder)} }`,
    ];
    out.result({ name, folder, files }, lines.join("\n"));
  },
};

/** A chart's folder as a catalogue in `services/` refers to it. */
function fromCatalogue(folder: string): string {
  const path = relative(resolve("services"), folder);
  return path.startsWith("..") ? path : `./${path}`;
}
