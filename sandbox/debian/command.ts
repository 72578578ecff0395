import { execFile } from "node:child_process";

export interface CommandOptions {
  readonly cwd?: string;
  /** Added to this process' own. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** What a program wrote. */
export interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that ended with another code than 0. */
export class CommandError extends Error {
  readonly said: Said;

  constructor(message: string, said: Said) {
    super(message);
    this.name = "CommandError";
    this.said = said;
  }
}

/** Lists of files are long. */
const OUTPUT_BYTES = 64 * 1024 ** 2;

/**
 * Runs a program, with messages in English, and gives what it wrote.
 * @throws CommandError when it fails; Node's own error when it cannot be started or was stopped
 */
export function runCommand(file: string, args: readonly string[], options: CommandOptions = {}): Promise<Said> {
  const { cwd, env = {}, signal } = options;
  return new Promise((done, fail) => {
    execFile(
      file,
      args,
      {
        maxBuffer: OUTPUT_BYTES,
        env: { ...process.env, LC_ALL: "C", ...env },
        ...(cwd === undefined ? {} : { cwd }),
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) => {
        const said = { stdout, stderr };
        const failure: Error | null = error;
        if (failure === null) done(said);
        else fail(typeof error?.code === "number" ? commandError(file, error.code, said) : failure);
      },
    );
  });
}

function commandError(file: string, code: number, said: Said): CommandError {
  const last = said.stderr.trim().split("\n").slice(-3).join("; ");
  return new CommandError(`${file} ended with code ${code}: ${last}`, said);
}
