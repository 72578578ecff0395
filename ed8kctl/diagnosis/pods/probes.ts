import type { JsonObject } from "../../../kube/manifest.js";
import { asText, at, isJsonObject } from "../../../kube/object.js";
import { secondsText } from "../../format/time.js";
import type { Told } from "../events.js";
import type { Cause, Finding } from "../problem.js";
import { applyCommand, countText, logsCommand, shortened, WAIT } from "../words.js";
import type { Container, Ended } from "./container.js";

/** https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
type ProbeName = "liveness" | "startup" | "readiness";
const CAUSE = {
  liveness: "liveness-probe",
  startup: "startup-probe",
  readiness: "readiness-probe",
} as const satisfies Record<ProbeName, Cause>;

/** The probe for whose failing the kubelet has ended a run, if it has. */
export function killingProbe({ told }: Container, end: Ended): "liveness" | "startup" | undefined {
  const killed = told.find(({ reason, last }) => reason === "Killing" && Date.parse(last) >= Date.parse(end.startedAt));
  const [, name] = /failed (liveness|startup) probe/.exec(killed?.message ?? "") ?? [];
  return name === "liveness" || name === "startup" ? name : undefined;
}

/** A container that is started anew because a probe fails. */
export function probeKillFinding(container: Container, probe: "liveness" | "startup"): Finding {
  const { environment, service, pod, name, restarts, state } = container;
  const isStart = probe === "startup";
  const why = isStart
    ? `did not start within ${secondsText(budgetMs(container.spec["startupProbe"]))}: its startup probe`
    : `${restarts > 1 ? "is killed and started anew again and again" : "was killed and started anew"}: its liveness probe`;
  return {
    cause: CAUSE[probe],
    text: `${why} (${probeText(container.spec[`${probe}Probe`])}) fails${answerText(container, probe)}${restarts === 0 ? "" : `, ${countText(restarts, "restart")}`}`,
    next: isStart
      ? `${logsCommand(environment, service, true)}; if it only needs longer, raise the startup probe's failureThreshold`
      : logsCommand(environment, service, true),
    log: { pod, container: name, previous: state["running"] !== undefined },
  };
}

/** A container that runs and is not ready: it still starts, or a probe fails. */
export function runningFinding(container: Container): Finding {
  const { environment, service, pod, name, spec, state, started, told, now } = container;
  const log = { pod, container: name, previous: false };
  const since = asText(at(state["running"], "startedAt"));
  if (isJsonObject(spec["startupProbe"]) && !started) return startingFinding(container, since);
  const failing = told.find(({ reason, message }) => reason === "Unhealthy" && /^Readiness probe/.test(message));
  if (failing === undefined || Date.parse(failing.last) < Date.parse(since)) {
    return { cause: "starting", text: "has started and is not ready yet", next: WAIT, since, log };
  }
  const question = `its readiness probe (${probeText(spec["readinessProbe"])})`;
  const answer = answerText(container, "readiness");
  if (now - Date.parse(since) < Math.max(START_MS, budgetMs(spec["readinessProbe"]))) {
    const text = `has started and is not ready yet: ${question} has not passed${answer}`;
    return { cause: "starting", text, next: WAIT, since, log };
  }
  return {
    cause: CAUSE.readiness,
    text: `runs, but is not ready: ${question} fails${answer}`,
    next: `${logsCommand(environment, service)}; correct the probe if it asks for the wrong thing, then ${applyCommand(environment)}`,
    log,
  };
}

/** So long every container may take to serve, in milliseconds: one answer too early is no fault. */
const START_MS = 60_000;

/** A store may take an hour to recover, and is told as failing long before: so many milliseconds. */
const STUCK_MS = 120_000;

function startingFinding(container: Container, since: string): Finding {
  const { environment, service, pod, name, spec, now } = container;
  const left = Date.parse(since) + budgetMs(spec["startupProbe"]) - now;
  const allowed =
    left > 0 ? `allows it ${secondsText(left)} more` : "has no patience left: it is about to be started anew";
  const answer = answerText(container, "startup");
  const isStuck = answer !== "" && now - Date.parse(since) > STUCK_MS;
  return {
    cause: isStuck ? CAUSE.startup : "starting",
    text: `is still starting: its startup probe (${probeText(spec["startupProbe"])}) has not passed${answer}, and ${allowed}`,
    next: isStuck ? logsCommand(environment, service) : WAIT,
    since,
    log: { pod, container: name, previous: false },
  };
}

/** For how long a container may fail the probe, in milliseconds. */
function budgetMs(probe: unknown): number {
  const number = (key: string, otherwise: number): number => {
    const value = isJsonObject(probe) ? probe[key] : undefined;
    return typeof value === "number" ? value : otherwise;
  };
  return 1000 * (number("initialDelaySeconds", 0) + number("periodSeconds", 10) * number("failureThreshold", 3));
}

/** Which question the probe asks: `GET /health on port http`. */
function probeText(probe: unknown): string {
  if (!isJsonObject(probe)) return "no longer there";
  const { httpGet, tcpSocket, exec, grpc } = probe;
  if (isJsonObject(httpGet)) return `GET ${asText(httpGet["path"]) || "/"} on port ${portText(httpGet)}`;
  if (isJsonObject(tcpSocket)) return `connect to port ${portText(tcpSocket)}`;
  if (isJsonObject(grpc)) return `gRPC on port ${portText(grpc)}`;
  const command = isJsonObject(exec) && Array.isArray(exec["command"]) ? exec["command"].map(String).join(" ") : "";
  return shortened(command, 80) || "unknown";
}

function portText({ port }: JsonObject): string {
  return typeof port === "number" ? String(port) : asText(port);
}

/** What was answered: ` with 503`, ` because nothing listens there`. */
function answerText({ told }: Container, probe: ProbeName): string {
  const start = new RegExp(`^${probe} probe (failed|errored)`, "i");
  const found = told.find(({ reason, message }) => reason === "Unhealthy" && start.test(message));
  return found === undefined ? "" : answerWords(found);
}

function answerWords({ message }: Told): string {
  const code = /statuscode: (\d+)/.exec(message)?.[1];
  if (code !== undefined) return ` with HTTP status ${code}`;
  if (/connection refused/.test(message)) return " because nothing listens there (connection refused)";
  if (/deadline exceeded|timed out|timeout/i.test(message)) return " because no answer comes in time";
  const said = shortened(message.replace(/^\w+ probe (failed|errored)( and resulted in \w+ state)?: ?/i, ""), 160);
  return said === "" ? "" : `: ${said}`;
}
