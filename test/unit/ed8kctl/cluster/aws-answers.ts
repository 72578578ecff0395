/** What AWS answers to one request. */
export interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
}

/** There is no such thing, in the words of most services. */
export const MISSING: Answer = { status: 404, type: "ResourceNotFoundException", body: "{}" };

export function json(data: unknown): Answer {
  return { status: 200, body: JSON.stringify(data) };
}

/** An answer of EC2. */
export function xml(action: string, inner: string): Answer {
  const body = `<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${inner}</${action}Response>`;
  return { status: 200, body };
}

/** A list of EC2 with one thing in it. */
export function items(action: string, set: string, told: Readonly<Record<string, string>>): Answer {
  const fields = Object.entries(told).map(([key, value]) => `<${key}>${value}</${key}>`);
  return xml(action, `<${set}><item>${fields.join("")}</item></${set}>`);
}

/** A list of roles. */
export function roles(...names: readonly string[]): Answer {
  const members = names.map((name) => `<member><RoleName>${name}</RoleName></member>`).join("");
  return {
    status: 200,
    body: `<ListRolesResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ListRolesResult><IsTruncated>false</IsTruncated><Roles>${members}</Roles></ListRolesResult></ListRolesResponse>`,
  };
}
