/** A request that the fake API server refuses, in the words of the real one. */
export class Refusal extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: number, reason: string, { message = reason, ...details }: Record<string, unknown> = {}) {
    super(String(message));
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The `Status` object that is answered. */
  get status(): Readonly<Record<string, unknown>> {
    const { code, reason, message, details } = this;
    return { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message, details };
  }
}
