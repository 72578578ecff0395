/** Where a component says that it is well: a URL that then answers 200. */
export interface HealthCheck {
  readonly url: string;
  /** File with the certificate that the server must have; for https only. */
  readonly certificate?: string | undefined;
}

/** One program that runs as long as the sandbox does. */
export interface Component {
  readonly name: string;
  /** Path of the program. */
  readonly file: string;
  /** Never a secret: every user of the machine can read them. */
  readonly args: readonly string[];
  readonly health: HealthCheck;
  /** Done before every start of the program. */
  readonly prepare?: () => Promise<void>;
}
