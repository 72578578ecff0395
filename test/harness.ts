import * as pulumi from "@pulumi/pulumi";

/** One resource as a program registered it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/**
 * Resolves, when all is registered, to what `program` registered: custom resources and components, in order.
 * Mocks show neither parents nor options; those are asserted on the real engine (test/e2e).
 */
export async function registered(program: () => void): Promise<Registered[]> {
  const resources: Registered[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        const seen: Registered = { type, name, inputs: inputs as Registered["inputs"] };
        resources.push(seen);
        return { id: `${name}-id`, state: { ...seen.inputs, ...generated(type, name) } };
      },
      call({ token }) {
        throw new Error(`unexpected call: ${token}`);
      },
    },
    "ed8k",
    "alice",
  );
  program();
  await pulumi.runtime.disconnect();
  return resources;
}

/** What the provider itself would make, which programs read. */
function generated(type: string, name: string): Record<string, unknown> {
  return type === "random:index/randomPassword:RandomPassword" ? { result: `password-of-${name}` } : {};
}
