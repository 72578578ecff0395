import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { RealCluster } from "./real-cluster.js";

/** What a service answered. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What is asked of a service: with a body it is sent, without one it is read. */
interface Asked {
  readonly service: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Somebody who books deals in an environment and reads both books, by the environment's own host names. */
export class DealDesk {
  readonly #cluster: RealCluster;
  readonly #environment: string;

  constructor(cluster: RealCluster, environment: string) {
    this.#cluster = cluster;
    this.#environment = environment;
  }

  /** Books a deal in FXSuite; the same id again is the same deal. */
  async book(id: string, amount = 1000): Promise<Answer> {
    return this.#request({
      service: "fxsuite",
      path: "/deals",
      body: { id, pair: "EURUSD", side: "buy", amount, rate: 1.0852 },
    });
  }

  /** As a client that does not give up: books until it was told that the deal is booked. */
  async bookForSure(id: string): Promise<void> {
    for (const deadline = Date.now() + 180_000; ; await pause(250)) {
      const answer = await this.book(id).catch((error: unknown) => ({ status: 0, body: String(error) }));
      if (answer.status === 201 || answer.status === 200) return;
      if (Date.now() > deadline)
        throw new Error(`${id} was not booked: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
  }

  async read(service: "fxsuite" | "bos", path: string): Promise<Answer> {
    return this.#request({ service, path });
  }

  /** Resolves with the deal as BOS has it, once it is settled or has failed. */
  async settled(id: string, milliseconds = 60_000): Promise<Readonly<Record<string, unknown>>> {
    for (const deadline = Date.now() + milliseconds; ; await pause(100)) {
      const { status, body } = await this.read("bos", `/deals/${id}`);
      const deal = body as Readonly<Record<string, unknown>>;
      if (status === 200 && deal["status"] !== "received") return deal;
      if (Date.now() > deadline) throw new Error(`${id} is not settled: ${status} ${JSON.stringify(body)}`);
    }
  }

  /** Rows `id` of FXSuite's table and rows `id|status|reason` of BOS's, in order. */
  async books(): Promise<{ readonly fxsuite: readonly string[]; readonly bos: readonly string[] }> {
    const [fxsuite, bos] = await Promise.all([
      this.#cluster.query(this.#environment, "fxsuite", "select id from deals order by id"),
      this.#cluster.query(this.#environment, "bos", "select id, status, reason from deals order by id"),
    ]);
    return { fxsuite, bos };
  }

  #request({ service, path, body }: Asked): Promise<Answer> {
    return new Promise((done, fail) => {
      const request = http.request(
        {
          host: "127.0.0.1",
          port: this.#cluster.gatewayPort,
          method: body === undefined ? "GET" : "POST",
          path,
          agent: false,
          timeout: 10_000,
          headers: {
            host: `${service}--${this.#environment}.ed8k.localhost`,
            ...(body === undefined ? {} : { "content-type": "application/json" }),
          },
        },
        (response) => {
          let text = "";
          response.on("data", (chunk: Buffer) => (text += chunk.toString()));
          response.once("end", () => done({ status: response.statusCode ?? 0, body: parsed(text) }));
          response.once("error", fail);
        },
      );
      request.once("timeout", () => request.destroy(new Error("no answer within 10 s")));
      request.once("error", fail);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
