import { UserError } from "../errors.js";
import type { ExecPlugin, Impersonation, KubeAccess, Kubeconfig, KubeUser, SelectedContext } from "./kubeconfig.js";
import { kubeconfigPaths, parseKubeconfig, readKubeconfig, readReferenced, selectContext } from "./kubeconfig.js";
import type { Json, JsonObject } from "./manifest.js";
import { asList, isJsonObject } from "./object.js";

/** Which kubeconfig and which of its contexts. */
export interface AccessChoice {
  /** The kubeconfig itself instead of files. */
  readonly content?: string;
  /** @default the files of `$KUBECONFIG`, else `~/.kube/config` */
  readonly paths?: readonly string[];
  /** @default the current context */
  readonly context?: string;
}

/**
 * Reads how to reach one cluster.
 * @throws UserError when there is no kubeconfig, no such context, or it asks for what is not supported
 */
export function loadAccess({ content, paths, context }: AccessChoice = {}): KubeAccess {
  const config =
    content === undefined ? readKubeconfig(paths ?? kubeconfigPaths()) : parseKubeconfig(content, "the kubeconfig");
  return toAccess(config, context);
}

/** @throws UserError as `loadAccess` */
export function toAccess(config: Kubeconfig, context?: string): KubeAccess {
  const selected = selectContext(config, context);
  const { cluster } = selected;
  if (text(cluster["proxy-url"]) !== undefined) {
    throw new UserError(
      `${config.source}: cluster "${selected.clusterName}" has a proxy-url, which ED8K does not support`,
      { hint: "Reach the cluster directly, through a VPN or a port forward" },
    );
  }
  const namespace = text(selected.context["namespace"]) ?? "default";
  const ca = pem(cluster, "certificate-authority");
  const serverName = text(cluster["tls-server-name"]);
  return {
    context: selected.name,
    server: serverUrl(config, selected),
    insecure: cluster["insecure-skip-tls-verify"] === true,
    namespace,
    user: toUser(config, selected),
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
  };
}

function serverUrl(config: Kubeconfig, { clusterName, cluster }: SelectedContext): string {
  const server = text(cluster["server"]);
  if (server === undefined || !/^https?:\/\//.test(server) || !URL.canParse(server)) {
    throw new UserError(
      `${config.source}: cluster "${clusterName}" has the server "${server ?? ""}"; it must be a URL that begins with https:// or http://`,
    );
  }
  return server.replace(/\/+$/, "");
}

function toUser(config: Kubeconfig, selected: SelectedContext): KubeUser {
  const { user } = selected;
  if (user["auth-provider"] !== undefined) {
    throw new UserError(
      `${config.source}: user "${selected.userName}" has an auth-provider, which Kubernetes itself has removed`,
      { hint: "Use an exec plugin, as `aws eks update-kubeconfig` writes it" },
    );
  }
  const [token, tokenFile, username] = [text(user["token"]), text(user["tokenFile"]), text(user["username"])];
  const [certificate, key] = [pem(user, "client-certificate"), pem(user, "client-key")];
  const impersonate = toImpersonation(config, selected);
  return {
    ...(token === undefined ? {} : { token }),
    // kubectl: a token file goes before a token.
    ...(tokenFile === undefined ? {} : { tokenFile }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
    ...(username === undefined ? {} : { basic: { username, password: text(user["password"]) ?? "" } }),
    ...(isJsonObject(user["exec"]) ? { exec: toExec(config, selected, user["exec"]) } : {}),
    ...(impersonate === undefined ? {} : { impersonate }),
  };
}

/** As client-go: groups and the like are nothing without a user. */
function toImpersonation({ source }: Kubeconfig, { userName, user }: SelectedContext): Impersonation | undefined {
  const [name, uid] = [text(user["as"]), text(user["as-uid"])];
  const groups = asList(user["as-groups"]).map(String);
  if (user["as-user-extra"] !== undefined) {
    throw new UserError(`${source}: user "${userName}" has as-user-extra, which ED8K does not support`, {
      hint: "Impersonate by as, as-uid and as-groups alone",
    });
  }
  if (name !== undefined) return { user: name, groups, ...(uid === undefined ? {} : { uid }) };
  if (uid === undefined && groups.length === 0) return undefined;
  throw new UserError(`${source}: user "${userName}" has as-groups or as-uid, but no "as" that names whom to act as`);
}

function toExec(config: Kubeconfig, { userName, cluster }: SelectedContext, exec: JsonObject): ExecPlugin {
  const apiVersion = text(exec["apiVersion"]) ?? "";
  if (!EXEC_VERSIONS.includes(apiVersion)) {
    throw new UserError(
      `${config.source}: the exec plugin of user "${userName}" has apiVersion "${apiVersion}"; supported are ${EXEC_VERSIONS.join(" and ")}`,
      { hint: "Write the entry anew, for EKS with `aws eks update-kubeconfig`" },
    );
  }
  const installHint = text(exec["installHint"]);
  return {
    apiVersion,
    command: text(exec["command"]) ?? "",
    args: asList(exec["args"]).map(String),
    env: Object.fromEntries(asList(exec["env"]).flatMap((entry) => environmentEntry(entry))),
    ...(installHint === undefined ? {} : { installHint }),
    ...(exec["provideClusterInfo"] === true ? { clusterInfo: cluster } : {}),
  };
}

const EXEC_VERSIONS: readonly string[] = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];

function environmentEntry(entry: Json): [string, string][] {
  if (!isJsonObject(entry) || typeof entry["name"] !== "string") return [];
  return [[entry["name"], text(entry["value"]) ?? ""]];
}

/** Data goes before a file, as with kubectl. */
function pem(entry: JsonObject, field: string): string | undefined {
  const data = text(entry[`${field}-data`]);
  if (data !== undefined) return Buffer.from(data, "base64").toString("utf8");
  const path = text(entry[field]);
  return path === undefined ? undefined : readReferenced(path).toString("utf8");
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
