/** What an HTTP request asks. */
export interface Question {
  readonly method: string;
  readonly url: URL;
  /** As it came; empty where there is none. */
  readonly body: string;
}

/** What is answered; the body is sent as JSON. */
export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal that the client can mend. */
export function refusal(status: number, error: string, details: object = {}): Answer {
  return { status, body: { error, ...details } };
}
