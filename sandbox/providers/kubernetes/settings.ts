import { readFileSync } from "node:fs";
import { UserError } from "../../../errors.js";
import { toAccess } from "../../../kube/access.js";
import { type KubeAccess, type Kubeconfig, parseKubeconfig, readKubeconfig } from "../../../kube/kubeconfig.js";
import { reveal, Unknown, type ValueMap } from "../plugin/values.js";

/** What can be set on `kubernetes.Provider`, as far as the stand-in heeds it. */
export interface Settings {
  readonly enableConfigMapMutable: boolean;
  readonly enableSecretMutable: boolean;
  readonly enablePatchForce: boolean;
  readonly upsertExistingObjects: boolean;
  readonly deleteUnreachable: boolean;
  readonly skipUpdateUnreachable: boolean;
  /** Namespace of objects that name none. @default the context's */
  readonly namespace: string | undefined;
}

/** By setting: the environment variable that sets it too. */
const SWITCHES = {
  enableConfigMapMutable: "PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE",
  enableSecretMutable: "PULUMI_K8S_ENABLE_SECRET_MUTABLE",
  enablePatchForce: "PULUMI_K8S_ENABLE_PATCH_FORCE",
  upsertExistingObjects: "PULUMI_K8S_UPSERT_EXISTING_OBJECTS",
  deleteUnreachable: "PULUMI_K8S_DELETE_UNREACHABLE",
  skipUpdateUnreachable: "PULUMI_K8S_SKIP_UPDATE_UNREACHABLE",
} as const;

/** Settings that would make the real provider behave in ways that the stand-in does not have. */
const REFUSED: Readonly<Record<string, (value: unknown) => boolean>> = {
  cluster: (value) => value !== undefined,
  renderYamlToDirectory: (value) => value !== undefined,
  enableServerSideApply: (value) => value === false || value === "false",
};

export function readSettings(inputs: ValueMap, env: NodeJS.ProcessEnv): Settings {
  const isOn = (name: keyof typeof SWITCHES): boolean => {
    const value = reveal(inputs[name]) ?? env[SWITCHES[name]];
    return value === true || value === "true" || value === "1";
  };
  return {
    enableConfigMapMutable: isOn("enableConfigMapMutable"),
    enableSecretMutable: isOn("enableSecretMutable"),
    enablePatchForce: isOn("enablePatchForce"),
    upsertExistingObjects: isOn("upsertExistingObjects"),
    deleteUnreachable: isOn("deleteUnreachable"),
    skipUpdateUnreachable: isOn("skipUpdateUnreachable"),
    namespace: text(inputs, "namespace") ?? env["PULUMI_K8S_NAMESPACE"],
  };
}

/** Settings that are refused, each with what to do. */
export function refusedSettings(inputs: ValueMap): { property: string; reason: string }[] {
  return Object.entries(REFUSED)
    .filter(([property, isRefused]) => isRefused(reveal(inputs[property])))
    .map(([property]) => ({
      property,
      reason: "is not supported by the sandbox's Kubernetes provider; leave it out, or install the published plugin",
    }));
}

/**
 * How to reach the cluster: by the provider's kubeconfig (content or path) and context, else as kubectl would.
 * @returns undefined while the kubeconfig is not known yet
 * @throws UserError when there is none, or it has no such context
 */
export function readAccess(inputs: ValueMap): KubeAccess | undefined {
  if (reveal(inputs["kubeconfig"]) instanceof Unknown || reveal(inputs["context"]) instanceof Unknown) return undefined;
  return toAccess(readConfig(text(inputs, "kubeconfig")), text(inputs, "context"));
}

/**
 * Which cluster a provider's inputs mean, comparable; `undefined` when they cannot tell. As with the published provider
 * only a kubeconfig among the inputs tells: the one of whoever runs the engine may be another tomorrow.
 * https://github.com/pulumi/pulumi-kubernetes (`DiffConfig` in provider/pkg/provider/provider.go)
 */
export function clusterIdentity(inputs: ValueMap): string | undefined {
  if (text(inputs, "kubeconfig") === undefined) return undefined;
  try {
    const access = readAccess(inputs);
    return access === undefined ? undefined : JSON.stringify([access.server, access.ca ?? "", access.insecure]);
  } catch {
    // An old kubeconfig may name files or contexts that are gone; that is no sign of another cluster.
    return undefined;
  }
}

function readConfig(kubeconfig: string | undefined): Kubeconfig {
  if (kubeconfig === undefined) return readKubeconfig();
  const isContent = /[\n{]/.test(kubeconfig);
  return isContent
    ? parseKubeconfig(kubeconfig, "the provider's kubeconfig")
    : parseKubeconfig(read(kubeconfig), kubeconfig);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new UserError(`The provider's kubeconfig names the file ${path}, which cannot be read`, { cause });
  }
}

function text(inputs: ValueMap, name: string): string | undefined {
  const value = reveal(inputs[name]);
  return typeof value === "string" && value !== "" ? value : undefined;
}
