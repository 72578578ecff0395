import type { AwsClients } from "../../../../../../sandbox/providers/aws/clients.js";
import type { Data } from "../../../../../../sandbox/providers/aws/kind.js";

type Answer = object | Error;

/** One call as it was sent: the operation and what was asked. */
export interface Sent {
  readonly operation: string;
  readonly request: Data;
}

/** Clients that answer by operation, and keep what was sent; all services are one. */
export class FakeClients {
  readonly sent: Sent[] = [];
  readonly #answers: Readonly<Record<string, Answer | Answer[]>>;

  /** @param answers by operation, such as `CreateVpc`; a list is answered one by one, the last one again and again */
  constructor(answers: Readonly<Record<string, Answer | Answer[]>>) {
    this.#answers = answers;
  }

  /** As kinds take them. */
  get clients(): AwsClients {
    const client = { send: (command: Command) => this.#send(command) };
    const service = () => Promise.resolve(client);
    const account = () => Promise.resolve("111122223333");
    const signal = new AbortController().signal;
    return { region: "eu-west-1", signal, account, ec2: service, iam: service } as unknown as AwsClients;
  }

  /** Names of what was sent, in order. */
  get operations(): readonly string[] {
    return this.sent.map(({ operation }) => operation);
  }

  /** What was asked of one operation, call by call. */
  requests(operation: string): readonly Data[] {
    return this.sent.filter((each) => each.operation === operation).map(({ request }) => request);
  }

  #send(command: Command): Promise<object> {
    const operation = command.constructor.name.replace(/Command$/, "");
    this.sent.push({ operation, request: command.input });
    const answer = this.#answer(operation);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  }

  /** A list's last answer stays. */
  #answer(operation: string): Answer {
    const answers = this.#answers[operation] ?? {};
    if (!Array.isArray(answers)) return answers;
    const list = answers as Answer[];
    return (list.length > 1 ? list.shift() : list[0]) ?? {};
  }
}

interface Command {
  readonly input: Data;
}
