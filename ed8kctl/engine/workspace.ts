import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { UserError } from "../../errors.js";
import { PROJECT } from "../../config.js";
import { isJsonObject } from "../../kube/object.js";
import { identifyProcess } from "../../sandbox/machine/processes.js";
import type { StackConfig } from "./stacks.js";

const PREFIX = "ed8kctl-";

/** Removes the folders of runs that were killed. */
export function removeAbandonedFolders(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.split("-")[1]) : Number.NaN;
    const folder = join(tmpdir(), name);
    // Processes of other users may be hidden.
    if (pid > 0 && isOwn(folder) && identifyProcess(pid) === undefined) removeOwn(folder);
  }
}

/** The folder for temporary files is everybody's; what others have left there is theirs to remove. */
function isOwn(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

function removeOwn(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (!["EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

/** A folder for one call of the engine, away from the checkout: what several commands do at once stays apart. */
export class WorkFolder {
  readonly path = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));

  constructor(private readonly stack: string) {
    writeFileSync(join(this.path, "Pulumi.yaml"), stringify({ name: PROJECT, runtime: "nodejs" }));
  }

  /** Sets the stack's config; what else its file holds (how secrets are encrypted) stays. */
  writeConfig(config: StackConfig): void {
    const typed = Object.fromEntries(Object.entries(config).map(([key, text]) => [key, structureOf(text)]));
    writeFileSync(this.#file, stringify({ ...this.#content(), config: typed }), { mode: 0o600 });
  }

  /** Makes the engine hold the passphrase against this salt, instead of taking whatever passphrase is set for a new stack. */
  writeSalt(salt: string): void {
    writeFileSync(this.#file, stringify({ ...this.#content(), encryptionsalt: salt }), { mode: 0o600 });
  }

  /**
   * The stack's config as the file has it; empty when there is no file.
   * @throws UserError when a value is encrypted
   */
  readConfig(): StackConfig {
    return configIn(this.stack, this.#content());
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  get #file(): string {
    return join(this.path, `Pulumi.${this.stack}.yaml`);
  }

  #content(): Record<string, unknown> {
    try {
      return { ...(parse(readFileSync(this.#file, "utf8")) as Record<string, unknown>) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
      throw error;
    }
  }
}

/**
 * The config in the content of a `Pulumi.<stack>.yaml`; empty when it has none.
 * @throws UserError when a value is encrypted
 */
export function configIn(stack: string, content: Readonly<Record<string, unknown>>): StackConfig {
  const config = content["config"];
  if (!isJsonObject(config)) return {};
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, textOf(stack, key, value)]));
}

function textOf(stack: string, key: string, value: unknown): string {
  if (isJsonObject(value) && typeof value["secure"] === "string") {
    throw new UserError(`config of ${stack}: ${key} is encrypted, but ED8K's config holds no secrets`, {
      hint: `pulumi config rm ${key} --stack ${stack}; services get secrets through their claims`,
    });
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Lists and mappings are written as such: `pulumi` refuses their JSON text where Pulumi.yaml declares their type. */
function structureOf(text: string): unknown {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
