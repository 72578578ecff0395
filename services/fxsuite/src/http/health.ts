import { errorText } from "../log.js";
import type { Store } from "../store.js";
import type { Answer } from "./answer.js";

/** `GET /health/live`: the program answers. It says nothing of the database: a restart would not mend that. */
export function live(): Answer {
  return { status: 200, body: { status: "live" } };
}

/** `GET /health/ready`: deals can be booked. Kafka is not needed for that: the outbox keeps them. */
export async function ready(store: Pick<Store, "ping" | "untold">): Promise<Answer> {
  try {
    await store.ping();
    return { status: 200, body: { status: "ready", untold: await store.untold() } };
  } catch (error) {
    return { status: 503, body: { status: "not ready", database: errorText(error) } };
  }
}
