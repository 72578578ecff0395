/** Backends that are no servers to log in to: what their URL names is a folder or a bucket. */
const STORES = new Set(["file", "s3", "gs", "azblob"]);
/** What a server's URL looks like when it can be told where the login ends and the host begins. */
const SERVER = /^(?:[^/?#]*@)?((?:\[[^\]/?#@]*\]|[^:/?#@]*)(?::\d*)?)([/?#].*)?$/s;

/**
 * Which backend a URL means, comparable: without the login, without options (`?region=…`, which may hold a password) and
 * without a slash at the end. It is written on namespaces, which everybody may read.
 * https://www.pulumi.com/docs/iac/concepts/state-and-backends/
 */
export function canonicalBackend(url: string): string {
  const [, scheme = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  if (scheme === "") return withoutEnd(url.slice(url.lastIndexOf("@") + 1));
  const name = scheme.toLowerCase();
  return `${name}://${STORES.has(name) ? withoutEnd(rest) : server(rest)}`;
}

/** No engine takes a URL that cannot be read, so nothing is lost when all of them are told alike. */
function server(rest: string): string {
  const [, host, path = ""] = SERVER.exec(rest) ?? [];
  if (host === undefined || /^[?#].*@/s.test(path)) return "…";
  // A login with a slash in its password, seen as a host and a path.
  if (/^[^?#]*@/.test(path)) return server(path.slice(path.replace(/[?#].*$/s, "").lastIndexOf("@") + 1));
  return withoutEnd(`${host.toLowerCase()}${path}`);
}

function withoutEnd(text: string): string {
  return text.replace(/[?#].*$/s, "").replace(/\/+$/, "");
}
