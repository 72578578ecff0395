import { join } from "node:path";
import { REGION } from "../account.js";
import type { Answer } from "./answer.js";
import { AwsError } from "./aws-error.js";
import { CallCounts, operationOf } from "./calls.js";
import { EC2_ACTIONS } from "./ec2/index.js";
import type { Ec2State } from "./ec2/state.js";
import { EKS_OPERATIONS } from "./eks/index.js";
import type { EksState } from "./eks/state.js";
import { eksWorld } from "./eks/world.js";
import type { Emulator } from "./emulator.js";
import { KAFKA_OPERATIONS } from "./kafka/index.js";
import type { KafkaState } from "./kafka/state.js";
import { type KeyState, noteKey, secretOf } from "./login/keys.js";
import { CHECKED, requireSignature } from "./login/signature.js";
import { LOG_ACTIONS, type LogState } from "./logs/log-group-keys.js";
import type { FrontOptions } from "./options.js";
import { answerOwn } from "./own-services.js";
import { type AwsRequest, formOf } from "./request.js";
import { type Scope, scopeHeaders } from "./scope.js";
import { openStore } from "./store.js";

/** Calls an action of a service that takes forms. */
export type AskForm = (service: "ec2" | "sts", form: Readonly<Record<string, string>>) => Promise<Answer>;

/** Everything that the front knows of AWS' services. */
export type Services = ReturnType<typeof openServices>;

/** Opens what the front keeps, each service in a file of its own. */
export function openServices({ folder, apiServer, rootKey, now: clock = Date.now }: FrontOptions, emulator: Emulator) {
  const open = <T>(name: string, empty: T) => openStore(join(folder, `${name}.json`), empty);
  const stores = {
    eks: open<EksState>("eks", { clusters: {} }),
    kafka: open<KafkaState>("kafka", { clusters: {}, configurations: {} }),
    ec2: open<Ec2State>("ec2", { reservations: {}, natGateways: {}, flowLogs: {} }),
    logs: open<LogState>("logs", {}),
    keys: open<KeyState>("keys", {}),
  };
  const counts = new CallCounts();
  const secret = (accessKeyId: string): string | undefined =>
    secretOf(accessKeyId, { issued: stores.keys.data, rootKey }, clock());
  const answer = async (request: AwsRequest & { readonly body: Buffer }): Promise<Answer> => {
    const { scope, url, method, body } = request;
    const { service } = scope;
    const now = clock();
    const ask: AskForm = (other, form) => askForm(emulator, scope, { service: other, form });
    if (CHECKED.includes(service)) await requireSignature(request, secret);
    if (service === "eks" || service === "kafka") requireRegion(scope);
    if (service === "eks") {
      const add = { world: eksWorld({ apiServer, ask }) };
      return answerOwn({ service, method, url, body, now }, { operations: EKS_OPERATIONS, store: stores.eks, add });
    }
    if (service === "kafka") {
      return answerOwn(
        { service, method, url, body, now },
        { operations: KAFKA_OPERATIONS, store: stores.kafka, add: {} },
      );
    }
    if (service === "ec2") return answerEc2(request, { store: stores.ec2, ask, emulator, now });
    if (service === "logs") return answerLogs(request, { store: stores.logs, emulator });
    const answered = await passOn(emulator, request);
    if (service === "sts" || service === "iam") {
      noteKey(stores.keys, { action: formOf(request).get("Action") ?? "", xml: String(answered.body), now });
    }
    return answered;
  };
  return {
    stores,
    counts,
    emulator,
    clock,
    secretOf: secret,
    answer,
    count: (request: AwsRequest) => counts.add(request.scope.service, operationOf(request)),
  };
}

/** @throws AwsError when a call is for a region that the sandbox does not have */
function requireRegion({ region }: Scope): void {
  if (region === REGION) return;
  throw new AwsError("UnsupportedOperation", `the sandbox has the region ${REGION} alone, not ${region}`);
}

/** Asks the emulator exactly what was asked. */
function passOn(emulator: Emulator, { method, url, headers, body }: AwsRequest): Promise<Answer> {
  return emulator.ask({ method, path: url.pathname + url.search, headers, body: body ?? "" });
}

function askForm(
  emulator: Emulator,
  scope: Scope,
  { service, form }: { readonly service: string; readonly form: Readonly<Record<string, string>> },
): Promise<Answer> {
  const version = service === "ec2" ? "2016-11-15" : "2011-06-15";
  const body = new URLSearchParams({ Version: version, ...form }).toString();
  const headers = {
    ...scopeHeaders(scope, service),
    "content-type": "application/x-www-form-urlencoded",
    host: "127.0.0.1",
  };
  return emulator.ask({ method: "POST", path: "/", headers, body });
}

interface Ec2Parts {
  readonly store: { readonly data: Ec2State; save(): void };
  readonly ask: AskForm;
  readonly emulator: Emulator;
  readonly now: number;
}

async function answerEc2(request: AwsRequest, { store, ask, emulator, now }: Ec2Parts): Promise<Answer> {
  const form = formOf(request);
  const action = EC2_ACTIONS[form.get("Action") ?? ""];
  if (action === undefined) return passOn(emulator, request);
  const answer = await action({
    state: store.data,
    form,
    now,
    ask: (other) => (other === undefined ? passOn(emulator, request) : ask("ec2", other)),
  });
  if (!/^(Describe|Get)/.test(form.get("Action") ?? "")) store.save();
  return answer;
}

interface LogsParts {
  readonly store: { readonly data: LogState; save(): void };
  readonly emulator: Emulator;
}

async function answerLogs(request: AwsRequest, { store, emulator }: LogsParts): Promise<Answer> {
  const action = LOG_ACTIONS[operationOf(request)];
  if (action === undefined) return passOn(emulator, request);
  const answer = await action({
    state: store.data,
    body: JSON.parse(request.body?.toString("utf8") ?? "{}"),
    ask(other) {
      if (other === undefined) return passOn(emulator, request);
      const headers = { ...request.headers, "x-amz-target": `Logs_20140328.${other.operation}` };
      return passOn(emulator, { ...request, headers, body: Buffer.from(JSON.stringify(other.body)) });
    },
  });
  store.save();
  return answer;
}
