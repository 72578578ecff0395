import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { scratchFolder, setEnv } from "../../sandbox/scratch.js";
import { locked } from "./words.js";

/**
 * A `pulumi` on PATH that answers as it is told and writes down how it was called. `$dir` in the answers is a folder in
 * which a test and the answers leave files for each other.
 */
export class FakePulumi {
  readonly folder = scratchFolder();

  /** @param answers by the beginning of the command line: what the shell does then. Others end with code 0. */
  constructor(answers: Readonly<Record<string, string>>) {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    const cases = Object.entries(answers).map(([words, answer]) => `${JSON.stringify(words)}*) ${answer} ;;`);
    const lines = [`dir='${this.folder}'`, 'echo "$*" >> "$dir/calls"', 'case "$*" in', ...cases, "esac"];
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${lines.join("\n")}\n`);
    chmodSync(join(bin, "pulumi"), 0o755);
    setEnv({ PATH: [bin, process.env["PATH"]].join(delimiter) });
  }

  /** The command lines, without what is the same in each and what the Automation API adds. */
  calls(): readonly string[] {
    const file = join(this.folder, "calls");
    const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
    return lines.map((line) =>
      line
        .replace(" --non-interactive --color=never", "")
        .replace(/ --(client|exec-kind|exec-agent|event-log|client)[= ]\S+/g, ""),
    );
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }
}

/** A lock of a run on this machine that was killed (no process has this number); the engine goes on once it is gone. */
export function abandonedLock(): { readonly file: string; readonly refusing: string } {
  const folder = join(scratchFolder(), "a folder");
  mkdirSync(folder);
  const file = join(folder, "1.json");
  writeFileSync(file, "{}");
  const refusal = locked({ url: `file://${folder.replace(" ", "%20")}/1.json?no_tmp_dir=true`, pid: 4_194_305 });
  return { file, refusing: `[ ! -e '${file}' ] || { ${failing(refusal)}; }` };
}

/** What the shell does to fail as the engine does. */
export function failing(stderr: string, code = 1): string {
  return `printf '%s\\n' ${quoted(stderr)} >&2; exit ${code}`;
}

/** Fails until a file of that name is in the folder, then ends well. */
export function failingUntil(file: string, stderr: string): string {
  return `[ -e "$dir/${file}" ] || { ${failing(stderr)}; }`;
}

/** Sends an event to the Automation API, as the engine does. */
export function sending(event: unknown): string {
  const loader = join(checkoutRoot(), "node_modules", "tsx", "dist", "loader.mjs");
  const script = join(import.meta.dirname, "send-event.ts");
  return [process.execPath, "--import", loader, script, '"$@"', quoted(JSON.stringify(event))].join(" ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
