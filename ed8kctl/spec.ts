import { readFileSync } from "node:fs";
import { parse, YAMLParseError } from "yaml";
import { type Config, type EnvironmentConfig, parseConfig, PROJECT } from "../config.js";
import { throwFaults, UserError, type Fault } from "../errors.js";
import { isJsonObject } from "../kube/object.js";
import type { Invocation } from "./command.js";
import { type StackConfig, UNUSED } from "./engine/stacks.js";
import { currentUser } from "./user.js";

/**
 * The spec that the options ask for. What is not said stays as it is; for a new environment it is the default, and its
 * owner is whoever asks: `asker`, where the cluster has said who that is.
 * @param stack config of the environment's stack; `undefined` when there is none
 * @throws UserError (usage) that tells all faults at once
 */
export function specFrom(name: string, options: Invocation["options"], stack?: StackConfig): EnvironmentConfig {
  // A run that was killed before it could write down what was asked for: whoever asks now is right.
  const existing = stack === UNUSED ? undefined : stack;
  const faults: Fault[] = [];
  const before = existing ?? {};
  const kind = before[`${PROJECT}:kind`];
  if (kind === "cluster") {
    throw new UserError(`${name} is a cluster stack, no environment`, { exit: "usage", hint: "choose another name" });
  }
  const changes: Record<string, string | undefined> = {
    profile: text(options["profile"]),
    start: json(list(options["start"])),
    stop: json(list(options["stop"])),
    size: text(options["size"]),
    owner: text(options["owner"]) ?? (existing === undefined ? (text(options["asker"]) ?? currentUser()) : undefined),
    collaborators: json(list(options["collaborator"])),
    versions: merged(before, "versions", pairs(options["pin"], "--pin", faults)),
    values: merged(before, "values", valuesOf(pairs(options["values"], "--values", faults), faults)),
    catalogue: text(options["catalogue"]),
    // The common option says where a new environment goes; an existing one stays where it is.
    cluster: existing === undefined ? text(options["cluster"]) : undefined,
  };
  const given = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const raw = { ...before, ...Object.fromEntries(given.map(([key, value]) => [`${PROJECT}:${key}`, value])) };
  const config = parsedWith(faults, { name, raw });
  if (config.kind !== "environment") throw new Error(`${name} is no environment`);
  return config;
}

/** Faults of the options and of what they make of the config are told at once. */
function parsedWith(
  faults: readonly Fault[],
  { name, raw }: { readonly name: string; readonly raw: StackConfig },
): Config {
  const subject = `options for ${name}`;
  let config: Config;
  try {
    config = parseConfig(name, raw);
  } catch (error) {
    if (faults.length > 0 && error instanceof UserError) throwFaults(subject, [...faults, ...error.faults]);
    throw error;
  }
  throwFaults(subject, faults);
  return config;
}

function text(value: Invocation["options"][string]): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function list(value: Invocation["options"][string]): readonly string[] | undefined {
  return Array.isArray(value) ? (value as readonly string[]) : undefined;
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

type Pairs = Readonly<Record<string, string>> | undefined;

function pairs(value: Invocation["options"][string], flag: string, faults: Fault[]): Pairs {
  const given = list(value);
  if (given === undefined) return undefined;
  return Object.fromEntries(
    given.flatMap((pair) => {
      const at = pair.indexOf("=");
      if (at > 0 && at < pair.length - 1) return [[pair.slice(0, at), pair.slice(at + 1)]];
      faults.push({ where: flag, problem: `"${pair}" is not allowed; it is service=…`, hint: `${flag} bos=…` });
      return [];
    }),
  );
}

function valuesOf(files: Pairs, faults: Fault[]): Readonly<Record<string, unknown>> | undefined {
  if (files === undefined) return undefined;
  return Object.fromEntries(Object.entries(files).map(([service, file]) => [service, readValues(file, faults)]));
}

function readValues(file: string, faults: Fault[]): unknown {
  try {
    const values: unknown = parse(readFileSync(file, "utf8"));
    if (isJsonObject(values)) return values;
    faults.push({ where: file, problem: "holds no values: it must be a YAML mapping" });
  } catch (error) {
    const [line] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
    const place = line === undefined ? file : `${file}:${line.line}:${line.col}`;
    faults.push({
      where: place,
      problem: line === undefined ? "cannot be read" : `is no valid YAML: ${sentence(error)}`,
    });
  }
  return {};
}

/** Without the place, which is told before, and the lines that show it. */
function sentence(error: unknown): string {
  return error instanceof Error ? error.message.replace(/ at line [^]*$/, "") : String(error);
}

/** What is given goes over what was there, by service. */
function merged(before: StackConfig, key: string, given: Readonly<Record<string, unknown>> | undefined) {
  if (given === undefined) return undefined;
  return JSON.stringify({ ...(JSON.parse(before[`${PROJECT}:${key}`] ?? "{}") as object), ...given });
}
