import { setTimeout as pause } from "node:timers/promises";
import { type Answer, request } from "./request.js";

/** Where the two services are reached. */
export interface Addresses {
  readonly fxsuite: string;
  readonly bos: string;
}

/** How long a deal may take from one service to the other, in milliseconds. */
const SETTLED_MS = 60_000;

/**
 * Books a deal in FXSuite and shows it on both sides, each request as one would type it.
 * @throws Error when a service answers otherwise, or the deal is not settled within a minute
 */
export async function showDeal({ fxsuite, bos }: Addresses, print: (line: string) => void): Promise<void> {
  const deal = { pair: "EURUSD", side: "buy", amount: 250_000, rate: 1.0852 };
  print(`$ curl ${fxsuite}/deals -d '${JSON.stringify(deal)}'`);
  const booked = await request("POST", `${fxsuite}/deals`, deal);
  const id = booked.body["id"];
  if (booked.status !== 201 || typeof id !== "string") throw refused("FXSuite did not book the deal", booked);
  print(JSON.stringify(booked.body));
  print(`\n$ curl ${fxsuite}/deals/${id}`);
  const kept = await request("GET", `${fxsuite}/deals/${id}`);
  if (kept.status !== 200) throw refused("FXSuite does not have the deal", kept);
  print(JSON.stringify(kept.body));
  print(`\n$ curl ${bos}/deals/${id}`);
  print(JSON.stringify((await settled(`${bos}/deals/${id}`)).body));
}

/** Asks until the deal has come over Kafka and a Celery task has settled it. */
async function settled(url: string): Promise<Answer> {
  for (const deadline = Date.now() + SETTLED_MS; ; await pause(200)) {
    const answer = await request("GET", url);
    if (answer.status === 200 && answer.body["status"] === "settled") return answer;
    if (Date.now() > deadline) throw refused("BOS did not settle the deal within a minute", answer);
  }
}

function refused(what: string, { status, body }: Answer): Error {
  return new Error(`${what}: ${status} ${JSON.stringify(body)}`);
}
