import { UserError } from "../../../errors.js";
import { VERSIONS } from "../../../versions.js";
import type { Provider } from "../plugin/provider.js";
import type { ValueMap } from "../plugin/values.js";
import type { AwsClients } from "./clients.js";
import { checkInputs } from "./check.js";
import { checkAccount, checkConfiguration, diffConfiguration, readConfiguration } from "./configuration.js";
import { type ClientOptions, createClients } from "./create-clients.js";
import { diffInputs } from "./diff.js";
import type { AwsKind } from "./kind.js";
import { loadKind } from "./kinds/table.js";
import { createResource, deleteResource, readResource, updateResource } from "./lifecycle.js";
import { reasonOf } from "./reason.js";

/** What the provider is made of; tests put their own in place. */
export interface AwsProviderParts {
  readonly loadKind: (type: string) => Promise<AwsKind>;
  readonly createClients: (options: ClientOptions) => AwsClients;
}

/**
 * The stand-in for the published aws provider: the types that the cluster stack is made of, on the AWS API of the
 * sandbox's emulator.
 */
export function createAwsProvider(parts: AwsProviderParts = { loadKind, createClients }): Provider {
  const cancelled = new AbortController();
  let configured: Promise<AwsClients> | undefined;
  const clients = (): Promise<AwsClients> => configured ?? Promise.reject(new Error("the provider is not configured"));
  const kindOf = ({ type }: { readonly type: string }): Promise<AwsKind> => parts.loadKind(type);
  return {
    name: "aws",
    version: VERSIONS.plugins.aws,
    checkConfig: checkConfiguration,
    diffConfig: diffConfiguration,
    configure: (inputs) => {
      configured = connect(inputs, parts, cancelled.signal);
      // Told by the first call about a resource; until then nobody waits for it.
      configured.catch(() => undefined);
    },
    invoke: (token) => Promise.reject(new Error(`${token} is no function of the sandbox's aws provider`)),
    check: async (call) => {
      await clients();
      return checkInputs(await kindOf(call), call);
    },
    diff: async (call) => diffInputs(await kindOf(call), call.oldInputs, call.inputs),
    create: async (call) => createResource(await kindOf(call), call, await clients()),
    read: async (call) => readResource(await kindOf(call), call, await clients()),
    update: async (call) => updateResource(await kindOf(call), call, await clients()),
    delete: async (call) => deleteResource(await kindOf(call), call, await clients()),
    cancel: () => cancelled.abort(),
  };
}

/** Clients for an account that was seen to be allowed, so that not one call changes another one. */
async function connect(inputs: ValueMap, parts: AwsProviderParts, signal: AbortSignal): Promise<AwsClients> {
  const configuration = readConfiguration(inputs);
  const clients = parts.createClients({ region: configuration.region, signal });
  checkAccount(configuration, await accountOf(clients));
  return clients;
}

async function accountOf(clients: AwsClients): Promise<string> {
  try {
    return await clients.account();
  } catch (cause) {
    throw new UserError(`The sandbox's AWS emulator does not say whose credentials are in use: ${reasonOf(cause)}`, {
      hint: "See `ed8kctl sandbox status`",
      cause,
    });
  }
}
