import { parseAllDocuments } from "yaml";
import { VERSIONS } from "../../../versions.js";
import type { Json } from "../../../kube/manifest.js";
import type { Provider } from "../plugin/provider.js";
import { fromJson, reveal, type Value, type ValueMap } from "../plugin/values.js";
import { checkInputs } from "./check.js";
import { checkConfiguration, diffConfiguration } from "./configuration.js";
import { createObject } from "./create.js";
import { deleteObject } from "./delete.js";
import { diffInputs } from "./diff.js";
import { readObject } from "./read.js";
import { Session } from "./session.js";
import { updateObject } from "./update.js";

/** The stand-in for the published Kubernetes provider: any kind, by server-side apply, with its contract. */
export function createKubernetesProvider(): Provider {
  let configured: Session | undefined;
  const session = (): Session => {
    if (configured === undefined) throw new Error("the provider is not configured");
    return configured;
  };
  return {
    name: "kubernetes",
    version: VERSIONS.plugins.kubernetes,
    checkConfig: checkConfiguration,
    diffConfig: diffConfiguration,
    configure: (inputs, log) => {
      configured = new Session(inputs, log);
    },
    invoke: (token, args) => Promise.resolve(invoke(token, args)),
    check: (call) => checkInputs(session(), call),
    diff: (call) => Promise.resolve(diffInputs(call, session().settings)),
    create: (call) => createObject(session(), call),
    read: (call) => readObject(session(), call),
    update: (call) => updateObject(session(), call),
    delete: (call) => deleteObject(session(), call),
    cancel: () => configured?.cancel(),
  };
}

/** What the SDK's `yaml.ConfigFile` and `yaml.ConfigGroup` ask for. */
function invoke(token: string, args: ValueMap): Value {
  if (token !== "kubernetes:yaml:decode") {
    throw new Error(
      `${token} is not supported by the sandbox's Kubernetes provider; install the published plugin for it`,
    );
  }
  const text = reveal(args["text"]);
  const documents = parseAllDocuments(typeof text === "string" ? text : "");
  const objects = documents.map((document) => document.toJS() as Json).filter((object) => object !== null);
  return { result: objects.map(fromJson) };
}
