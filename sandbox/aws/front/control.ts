import type { IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { ZodError } from "zod";
import { type Answer, jsonAnswer } from "./answer.js";
import type { CallFaults } from "./faults.js";
import { reviewToken } from "./login/token-review.js";
import type { Services } from "./services.js";

export interface ControlCall {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly faults: CallFaults;
  readonly services: Services;
  /** Where the front listens. */
  readonly port: number;
}

/** What the front answers beside AWS' services, below `/_ed8k/`: health, logins of EKS, and helps for tests. */
export async function control({ request, url, faults, services, port }: ControlCall): Promise<Answer> {
  switch (`${request.method ?? ""} ${url.pathname}`) {
    case "GET /_ed8k/health":
      return health(services);
    case "POST /_ed8k/token-review":
      return reviewToken(await json(request), { services, port });
    case "GET /_ed8k/calls":
      return jsonAnswer(services.counts.all());
    case "DELETE /_ed8k/calls":
      services.counts.clear();
      return jsonAnswer({});
    case "GET /_ed8k/faults":
      return jsonAnswer(faults.settings);
    case "POST /_ed8k/faults":
      return setFaults(faults, request);
    default:
      return jsonAnswer({ message: `the front has no ${request.method ?? ""} ${url.pathname}` }, 404);
  }
}

/** Well when the emulator is: without it hardly anything can be answered. */
async function health({ emulator }: Services): Promise<Answer> {
  try {
    const headers = { host: "127.0.0.1" };
    const { status } = await emulator.ask({ method: "GET", path: "/_ministack/health", headers, body: "" });
    return jsonAnswer({ emulator: status }, status);
  } catch (error) {
    return jsonAnswer({ emulator: (error as Error).message }, 503);
  }
}

async function setFaults(faults: CallFaults, request: IncomingMessage): Promise<Answer> {
  try {
    faults.set(await json(request));
    return jsonAnswer(faults.settings);
  } catch (error) {
    const isKnown = error instanceof ZodError || error instanceof SyntaxError;
    if (!isKnown) throw error;
    return jsonAnswer({ message: 'faults are such as {"throttle": 0.2}, a share from 0 to 1' }, 400);
  }
}
