import http from "node:http";

/** What a service answered, its JSON parsed. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const ANSWER_MS = 10_000;

/**
 * Asks a service of an environment on this machine. Names below `.localhost` are this machine's, but not every resolver
 * knows that; browsers and curl do. https://www.rfc-editor.org/rfc/rfc6761#section-6.3
 */
export function request(method: "GET" | "POST", url: string, body?: object): Promise<Answer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((done, fail) => {
    const headers = { host, accept: "application/json" };
    const options = {
      host: "127.0.0.1",
      port,
      path: pathname + search,
      method,
      headers,
      agent: false,
      timeout: ANSWER_MS,
    };
    const sent = http.request(options, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString()));
      response.once("end", () => done({ status: response.statusCode ?? 0, body: parsed(text) }));
      response.once("error", fail);
    });
    sent.once("timeout", () => sent.destroy(new Error(`${url} has not answered within ${ANSWER_MS / 1000} s`)));
    sent.once("error", fail);
    if (body !== undefined) sent.setHeader("content-type", "application/json");
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

function parsed(text: string): Answer["body"] {
  try {
    return JSON.parse(text) as Answer["body"];
  } catch {
    return { said: text.trim() };
  }
}
