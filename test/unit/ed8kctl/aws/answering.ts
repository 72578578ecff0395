/** What was asked of AWS: the operation, as its command is called, and its input. */
export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What AWS says to one operation; an `Error` is thrown. */
export type Answers = Readonly<Record<string, (input: Asked["input"]) => unknown>>;

/** A client of AWS' SDK that answers as it is told. What is asked of it is written down, in order. */
export function answering<Client extends object>(
  answers: Answers,
): { readonly client: Client; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const send = (command: { readonly input: Asked["input"] }): Promise<unknown> => {
    const operation = command.constructor.name.replace(/Command$/, "");
    asked.push({ operation, input: command.input });
    const answer = answers[operation];
    if (answer === undefined) return Promise.reject(new Error(`${operation} was not expected`));
    const said = answer(command.input);
    return said instanceof Error ? Promise.reject(said) : Promise.resolve(said);
  };
  return { client: { send } as unknown as Client, asked };
}

/** An error as AWS' SDK throws it. */
export function refusal(name: string, status = 400): Error {
  return Object.assign(new Error(`${name} of AWS`), { name, $metadata: { httpStatusCode: status } });
}
