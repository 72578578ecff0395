import { LOG_LEVELS, type LogLevel } from "./log.js";

/** What the program is told by environment variables. */
export interface Settings {
  /** `postgres://user:password@host:port/name` */
  readonly databaseUrl: string;
  /** Kafka's brokers, as `host:port`. */
  readonly brokers: readonly string[];
  /** Topic that each deal is told on. */
  readonly topic: string;
  /** @default 8080 */
  readonly port: number;
  /** Deals of one answer of `GET /deals` that asks for no number. @default 100 */
  readonly pageSize: number;
  /** @default "info" */
  readonly logLevel: LogLevel;
}

/** Most deals of one answer. */
export const PAGE_LIMIT = 500;

/** Reads the settings; throws one error that tells all that is missing or wrong. A value with a password is not told. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = [];
  const required = (name: string, what: string): string => {
    const value = env[name] ?? "";
    if (value === "") faults.push(`${name} is not set: it is ${what}`);
    return value;
  };
  const number = (name: string, fallback: number, most: number): number => {
    const value = Number(env[name] ?? fallback);
    if (Number.isInteger(value) && value >= 1 && value <= most) return value;
    faults.push(`${name} is "${env[name]}": it is a whole number from 1 to ${most}`);
    return fallback;
  };
  const level = env["LOG_LEVEL"] ?? "info";
  if (!isLogLevel(level)) faults.push(`LOG_LEVEL is "${level}": it is one of ${LOG_LEVELS.join(", ")}`);
  const settings: Settings = {
    databaseUrl: required("DATABASE_URL", "postgres://user:password@host:port/name"),
    brokers: required("KAFKA_BOOTSTRAP", "host:port of Kafka, several with commas")
      .split(",")
      .map((broker) => broker.trim()),
    topic: required("DEALS_TOPIC", "the Kafka topic of the deals"),
    port: number("PORT", 8080, 65_535),
    pageSize: number("DEALS_PAGE_SIZE", 100, PAGE_LIMIT),
    logLevel: isLogLevel(level) ? level : "info",
  };
  if (faults.length > 0) throw new Error(faults.join("; "));
  return settings;
}

function isLogLevel(text: string): text is LogLevel {
  return LOG_LEVELS.some((level) => level === text);
}
