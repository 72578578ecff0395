import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { stringify } from "yaml";
import { UserError } from "../../errors.js";
import { SERVICE_NAME, SERVICE_NAME_LENGTH } from "../../naming.js";
import { checkoutRoot } from "../../sandbox/paths.js";
import { SERVICE_FILE } from "../parse-service.js";
import { LANGUAGE_FACTS, type Language } from "./languages.js";

export interface NewService {
  readonly name: string;
  /** The team that answers for it. */
  readonly owner: string;
  readonly language: Language;
  /** Absolute folder of the new chart; must not exist. */
  readonly folder: string;
}

/**
 * Writes the chart and the `ed8k.yaml` of a new service.
 * @returns the files, relative to the folder
 * @throws UserError (usage) on a bad name, and when the folder exists
 */
export async function writeNewService(service: NewService): Promise<readonly string[]> {
  validateName(service.name);
  if (existsSync(service.folder)) {
    throw new UserError(`the folder ${service.folder} exists already; a new service gets a new one`, {
      hint: "choose another name, or name a folder with --folder",
      exit: "usage",
    });
  }
  const files = await newServiceFiles(service);
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(service.folder, file)), { recursive: true });
    await writeFile(join(service.folder, file), text);
  }
  return Object.keys(files);
}

/** @throws UserError (usage) when no service can have the name */
function validateName(name: string): void {
  const problem = nameProblem(name);
  if (problem === undefined) return;
  throw new UserError(`"${name}" is no name for a service: ${problem}`, {
    hint: 'choose a name such as "ledger"',
    exit: "usage",
  });
}

function nameProblem(name: string): string | undefined {
  if (!SERVICE_NAME.test(name)) {
    return "allowed are lower-case letters, digits and single dashes between them, beginning with a letter";
  }
  if (name.length <= SERVICE_NAME_LENGTH) return undefined;
  return `it has ${name.length} characters, at most ${SERVICE_NAME_LENGTH} are allowed`;
}

/** Every file of `templates/`, filled in. */
async function newServiceFiles({ name, owner, language, folder }: NewService): Promise<Record<string, string>> {
  const root = checkoutRoot();
  const templates = join(root, "services", "scaffold", "templates");
  const { port, development } = LANGUAGE_FACTS[language];
  const block = stringify(development).trimEnd().replaceAll(/^/gm, "  ");
  const values: Readonly<Record<string, string>> = {
    name,
    owner: stringify(owner).trimEnd(),
    port: String(port),
    development: block,
  };
  const files: Record<string, string> = {};
  const entries = await readdir(templates, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name: file }) => join(parentPath, file));
  for (const file of paths.map((path) => relative(templates, path)).toSorted()) {
    const text = await readFile(join(templates, file), "utf8");
    const filled = text.replaceAll(/@([a-z]+)@/g, (whole, key: string) => values[key] ?? whole);
    files[file] = file === SERVICE_FILE ? schemaLine(root, folder) + filled : filled;
  }
  return files;
}

/** Tells editors the schema; only within this checkout, where its path is the same for everybody. */
function schemaLine(root: string, folder: string): string {
  if (relative(root, folder).startsWith("..")) return "";
  return `# yaml-language-server: $schema=${relative(folder, join(root, "docs", "ed8k.schema.json"))}\n`;
}
