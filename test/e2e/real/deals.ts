import { setTimeout as pause } from "node:timers/promises";
import { type Answer, request } from "../../../scripts/demo/request.js";
import type { RealCluster } from "./real-cluster.js";

/** What is asked of a service: with a body it is sent, without one it is read. */
interface Asked {
  readonly service: string;
  readonly path: string;
  readonly body?: object;
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
      const answer = await this.book(id).catch((error: unknown) => ({ status: 0, body: { said: String(error) } }));
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
      if (status === 200 && body["status"] !== "received") return body;
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
    const address = `http://${service}--${this.#environment}.ed8k.localhost:${this.#cluster.gatewayPort}`;
    return request(body === undefined ? "GET" : "POST", `${address}${path}`, body);
  }
}
