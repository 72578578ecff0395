import http from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What the emulator was asked. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** As it came; forms are texts. */
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
}

export type Answering = (asked: Asked) => { readonly status?: number; readonly body: string };

/** A server in the emulator's place. */
export class FakeEmulator {
  readonly asked: Asked[] = [];
  #answer: Answering = () => ({ body: "" });
  readonly #server = http.createServer((request, response) => {
    void text(request).then((body) => {
      const asked = { method: request.method ?? "", path: request.url ?? "", body, headers: request.headers };
      this.asked.push(asked);
      const { status = 200, body: answer } = this.#answer(asked);
      response.writeHead(status, { "content-type": "text/xml" }).end(answer);
    });
  });

  async start(): Promise<number> {
    await new Promise<void>((done) => this.#server.listen(0, "127.0.0.1", done));
    return (this.#server.address() as AddressInfo).port;
  }

  /** From now on it answers like this. */
  answer(answering: Answering): void {
    this.#answer = answering;
  }

  /** Answers actions of forms with these texts, and others with an empty one. */
  answerActions(answers: Readonly<Record<string, string>>): void {
    this.#answer = ({ path, body }) => {
      const form = new URLSearchParams(path.includes("?") ? path.slice(path.indexOf("?") + 1) : body);
      return { body: answers[form.get("Action") ?? ""] ?? "" };
    };
  }

  /** Actions of forms that it was asked for, in their order. */
  get actions(): readonly string[] {
    return this.asked.map(({ body }) => new URLSearchParams(body).get("Action") ?? "");
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}
