import { randomUUID } from "node:crypto";
import { isDealId, parseDeal } from "../deal.js";
import { PAGE_LIMIT } from "../settings.js";
import type { Store } from "../store.js";
import { type Answer, type Question, refusal } from "./answer.js";

export interface DealsContext {
  readonly store: Pick<Store, "book" | "find" | "list">;
  /** Called after a new deal was booked. */
  readonly booked: (id: string) => void;
  readonly pageSize: number;
}

/** `POST /deals`: the same request again, with its id, books nothing new. */
export async function bookDeal({ body: text }: Question, { store, booked }: DealsContext): Promise<Answer> {
  const body = parseJson(text);
  if (body === undefined) return refusal(400, "the body is no JSON");
  const parsed = parseDeal(body, randomUUID);
  if ("faults" in parsed) return refusal(400, "this is no deal", { faults: parsed.faults });
  const { id } = parsed.deal;
  const booking = await store.book(parsed.deal);
  if (booking.outcome === "taken") return refusal(409, `another deal has the id ${id}`);
  if (booking.outcome === "known") return { status: 200, body: booking.deal };
  booked(id);
  return { status: 201, body: booking.deal, headers: { location: `/deals/${id}` } };
}

/** `GET /deals?limit&after`, in the order of booking; `next` is the `after` of the next page. */
export async function listDeals({ url }: Question, { store, pageSize }: DealsContext): Promise<Answer> {
  const after = url.searchParams.get("after") ?? undefined;
  const asked = url.searchParams.get("limit");
  const limit = Number(asked ?? pageSize);
  if (!Number.isInteger(limit) || limit < 1 || limit > PAGE_LIMIT) {
    return refusal(400, `limit is "${asked}": it is a whole number from 1 to ${PAGE_LIMIT}`);
  }
  const deals = after === undefined || isDealId(after) ? await store.list({ limit, after }) : undefined;
  if (deals === undefined) return refusal(400, `after is "${after}": there is no such deal`);
  return { status: 200, body: { deals, next: deals.length === limit ? deals.at(-1)?.id : null } };
}

/** `GET /deals/:id` */
export async function showDeal(id: string, { store }: DealsContext): Promise<Answer> {
  const deal = isDealId(id) ? await store.find(id) : undefined;
  return deal ? { status: 200, body: deal } : refusal(404, `there is no deal ${id}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
