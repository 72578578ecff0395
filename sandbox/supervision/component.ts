/** How a component says that it is well. */
export type HealthCheck = UrlCheck | FileCheck;

/** A URL that answers 200. */
export interface UrlCheck {
  readonly url: string;
  /** File with the certificate that the server must have; for https only. */
  readonly certificate?: string | undefined;
}

/** A file that the component makes once it is ready; `prepare` removes the one of the start before. */
export interface FileCheck {
  readonly file: string;
}

/** One program that runs as long as the sandbox does. */
export interface Component {
  readonly name: string;
  /** Path of the program. */
  readonly file: string;
  /** Never a secret: every user of the machine can read them. */
  readonly args: readonly string[];
  readonly health: HealthCheck;
  /** Variables beside PATH, HOME and the sandbox's mark. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Words before the program, asked for at every start: a command that has the program as its only child, such as
   * `nsenter`. What is shown and ended is the child.
   */
  readonly within?: () => readonly string[];
  /** Done before every start of the program. */
  readonly prepare?: () => Promise<void>;
}
