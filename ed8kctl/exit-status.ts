/** Ends `ed8kctl` with the exit code of a program that it has run for somebody; that program has said what there is to say. */
export class ExitStatus extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`ended with exit code ${code}`);
    this.name = "ExitStatus";
    this.code = code;
  }
}
