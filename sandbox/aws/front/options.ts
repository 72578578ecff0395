import type { Keys } from "../login/sts-url.js";

/** Where the front is, and what is behind it. */
export interface FrontOptions {
  /** On 127.0.0.1; 0: any that is free. */
  readonly port: number;
  /** The port of the emulator behind it. */
  readonly emulator: number;
  /** Folder with what the front keeps. */
  readonly folder: string;
  /** Where the sandbox's API server is, and the file with its certificate. */
  readonly apiServer: { readonly endpoint: string; readonly certificate: string };
  /** The key of the account's root. */
  readonly rootKey: Keys;
  /** Takes one line for the log. */
  readonly log: (line: string) => void;
  /** Milliseconds since 1970. @default the clock; another one only in tests */
  readonly now?: () => number;
}
