import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** A `kubectl` on PATH that writes down what it is asked for, and then does what a script says. */
export class FakeKubectl {
  readonly #folder = mkdtempSync(join(tmpdir(), "ed8k-kubectl-"));
  readonly #path = process.env["PATH"];

  /** @param script what `sh` does; `$@` are the words that kubectl was given */
  constructor(script: string) {
    const file = join(this.#folder, "kubectl");
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$*" >> "${this.#log}"\n${script}\n`);
    chmodSync(file, 0o755);
    process.env["PATH"] = [this.#folder, this.#path].join(delimiter);
  }

  /** Each call's words. */
  get calls(): readonly string[] {
    return readFileSync(this.#log, "utf8").trim().split("\n");
  }

  remove(): void {
    process.env["PATH"] = this.#path;
    rmSync(this.#folder, { recursive: true });
  }

  get #log(): string {
    return join(this.#folder, "calls");
  }
}
