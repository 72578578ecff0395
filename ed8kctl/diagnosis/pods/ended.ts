import { asText, at } from "../../../kube/object.js";
import type { Finding, LogRef } from "../problem.js";
import { applyCommand, countText, logsCommand, shortened, spanText, WAIT } from "../words.js";
import { type Container, type Ended, endOf } from "./container.js";
import { killingProbe, probeKillFinding } from "./probes.js";

/** Why a container does not run, or was started anew: how its last run has ended; `undefined` when none has. */
export function endedFinding(container: Container): Finding | undefined {
  const end = endOf(container);
  if (end === undefined) return undefined;
  const finding = findingOf(container, end);
  const since = failingSince(container);
  return since === undefined ? finding : { ...finding, since };
}

/** From so many restarts on it ends again and again. */
export const AGAIN = 2;

function findingOf(container: Container, end: Ended): Finding {
  if (LOST.has(end.reason)) return lostFinding(container);
  if (end.reason === "OOMKilled") return memoryFinding(container);
  if (NEVER_STARTED.has(end.reason)) return startFinding(container, end.message);
  const probe = killingProbe(container, end);
  return probe === undefined ? crashFinding(container, end) : probeKillFinding(container, probe);
}

/** A container is not ready each time anew; since when it fails is since it was first held back. */
function failingSince({ told }: Container): string | undefined {
  return told.find(({ reason, message }) => reason === "BackOff" && message.includes("restarting failed container"))
    ?.first;
}

/** Nobody saw its end: the kubelet or the container runtime was away. */
export const LOST: ReadonlySet<string> = new Set(["Unknown", "ContainerStatusUnknown"]);

function lostFinding(container: Container): Finding {
  return { cause: "starting", text: `was lost with its node${restartText(container)}`, next: WAIT };
}

/** The runtime could not even begin. */
const NEVER_STARTED: ReadonlySet<string> = new Set(["StartError", "ContainerCannotRun"]);

/** A container that the runtime cannot start; `message` is the runtime's. */
export function startFinding({ environment }: Container, message: string): Finding {
  return {
    cause: "cannot-start",
    text: `cannot start: ${startWords(message)}`,
    next: `correct the command or the image in the service's values, then ${applyCommand(environment)}`,
  };
}

function startWords(message: string): string {
  const program = /exec: \\?"(.*?)\\?"/.exec(message)?.[1] ?? /stat (\S+): no such file/.exec(message)?.[1] ?? "";
  if (/executable file not found|no such file or directory/.test(message) && program !== "") {
    return `its image has no program "${program}"`;
  }
  if (/permission denied/.test(message) && program !== "") return `"${program}" in its image is not executable`;
  if (/exec format error/.test(message)) return "its image is made for another kind of processor";
  return (
    shortened(message.replace(/^.*(runc create failed|failed to create \w+ task): /, "")) ||
    "the runtime does not say why"
  );
}

function memoryFinding(container: Container): Finding {
  const limit = asText(at(container.spec, "resources", "limits", "memory"));
  const used = limit === "" ? "the node had none left" : `it used more than its limit of ${limit}`;
  return {
    cause: "out-of-memory",
    text: `was killed for lack of memory (OOM): ${used}${restartText(container)}`,
    next: `raise resources.limits.memory in the service's values, then ${applyCommand(container.environment)}`,
    log: logOf(container),
  };
}

function crashFinding(container: Container, end: Ended): Finding {
  const { environment, service, state, restarts } = container;
  const lasted = spanText(end.startedAt, end.finishedAt);
  return {
    cause: "crash",
    text:
      `${restarts >= AGAIN ? "crashes again and again: it " : ""}ended with ${exitText(end.exitCode)}` +
      `${lasted === undefined ? "" : ` after ${lasted}`}${restartText(container)}`,
    next: logsCommand(environment, service, state["running"] !== undefined),
    log: logOf(container),
  };
}

function restartText({ restarts }: Container): string {
  return restarts === 0 ? "" : `, ${countText(restarts, "restart")}`;
}

/** What a shell or a runtime means by a code. https://tldp.org/LDP/abs/html/exitcodes.html */
const CODES: Readonly<Record<number, string>> = {
  0: "no error, although a service must go on running",
  126: "the command cannot be executed",
  127: "the command was not found",
};

/** Above 128 the code tells the signal. https://man7.org/linux/man-pages/man7/signal.7.html */
const SIGNALS: Readonly<Record<number, string>> = {
  1: "SIGHUP",
  2: "SIGINT",
  3: "SIGQUIT",
  4: "SIGILL: a machine instruction that this processor does not know",
  6: "SIGABRT: it gave up by itself",
  7: "SIGBUS: memory that is not there",
  8: "SIGFPE: a division by zero or the like",
  9: "SIGKILL: it was killed",
  11: "SIGSEGV: it touched memory that is not its own",
  13: "SIGPIPE",
  15: "SIGTERM: it was asked to end",
};

/** `exit code 139 (SIGSEGV: it touched memory that is not its own)`. */
export function exitText(code: number): string {
  const words = CODES[code] ?? SIGNALS[code - 128];
  return `exit code ${code}${words === undefined ? "" : ` (${words})`}`;
}

/** While the next run is under way, the log of the one before tells why that had to be begun. */
function logOf({ pod, name, state }: Container): LogRef {
  return { pod, container: name, previous: state["running"] !== undefined };
}
