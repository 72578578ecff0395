import { errorText, type Log } from "../log.js";
import type { Store } from "../store.js";
import { isUnavailable } from "../unavailable.js";
import { type Answer, type Question, refusal } from "./answer.js";
import { bookDeal, type DealsContext, listDeals, showDeal } from "./deals.js";
import { live, ready } from "./health.js";

export interface RouterContext extends DealsContext {
  readonly store: Store;
  readonly log: Log;
}

type Handler = () => Answer | Promise<Answer>;

/** Answers one request. A database that cannot be reached is told as 503, for the client may try again. */
export async function answer(question: Question, context: RouterContext): Promise<Answer> {
  const handlers = handlersOf(question, context);
  if (handlers === undefined) return refusal(404, `there is no ${question.url.pathname}`);
  const handler = handlers[question.method === "HEAD" ? "GET" : question.method];
  if (handler === undefined) {
    const allow = Object.keys(handlers).join(", ");
    return { ...refusal(405, `${question.method} is not for ${question.url.pathname}: ${allow}`), headers: { allow } };
  }
  try {
    return await handler();
  } catch (error) {
    context.log("error", "request failed", { path: question.url.pathname, error: errorText(error) });
    if (!isUnavailable(error)) return refusal(500, "this is a fault of the service: its log tells more");
    return { ...refusal(503, "the database does not answer"), headers: { "retry-after": "1" } };
  }
}

/** What the path is for, by method; `undefined`: nothing. */
function handlersOf(question: Question, context: RouterContext): Record<string, Handler> | undefined {
  const { pathname } = question.url;
  const deal = /^\/deals\/([^/]+)$/.exec(pathname)?.[1];
  if (deal !== undefined) return { GET: () => showDeal(decoded(deal), context) };
  switch (pathname) {
    case "/":
      return { GET: () => ({ status: 200, body: { service: "fxsuite", paths: ["/deals", "/health/ready"] } }) };
    case "/deals":
      return { GET: () => listDeals(question, context), POST: () => bookDeal(question, context) };
    case "/health/live":
      return { GET: live };
    case "/health/ready":
      return { GET: () => ready(context.store) };
    default:
      return undefined;
  }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
