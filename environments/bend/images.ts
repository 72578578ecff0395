/**
 * An image's reference in full, as the container runtime reads it: `nginx:1` is `docker.io/library/nginx:1`.
 * https://github.com/distribution/reference/blob/main/normalize.go
 */
export function fullImage(image: string): string {
  const [first = "", ...rest] = image.split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const path = isRegistry ? rest.join("/") : image;
  const registry = !isRegistry || first === "index.docker.io" ? "docker.io" : first;
  return registry === "docker.io" && !path.includes("/") ? `docker.io/library/${path}` : `${registry}/${path}`;
}

/** True when the image begins with one of the prefixes; a prefix ends at a boundary of the reference. Without any, all may run. */
export function isAllowedImage(image: string, allowedRegistries: readonly string[]): boolean {
  if (allowedRegistries.length === 0) return true;
  const full = fullImage(image);
  return allowedRegistries.some((prefix) => restAfter(prefix, full) !== undefined);
}

/** Images whose full reference begins with `from` are taken from `to` instead (`ed8k:images` of the cluster). */
export interface ImageRule {
  /** Beginning of references in full: an image, a repository (`docker.io/library/postgres`), or all below `ghcr.io/acme/`. */
  readonly from: string;
  /** What stands in its place. */
  readonly to: string;
}

/**
 * The reference that is run in an image's place: that of the longest `from` that it begins with, else itself as it was
 * written. A `to` with a version stands for the whole: the digest of the image that it replaces is not its own.
 */
export function rewriteImage(image: string, rules: readonly ImageRule[]): string {
  const full = fullImage(image);
  const matching = rules.flatMap(({ from, to }) => {
    const rest = restAfter(from, full);
    return rest === undefined
      ? []
      : [{ length: from.length, reference: hasVersion(to) ? to : withoutSlash(to) + rest }];
  });
  const [longest] = matching.toSorted((a, b) => b.length - a.length);
  return longest?.reference ?? image;
}

/** What is wrong with the `to` of a rule, to be read after it. */
export function imageTargetProblem({ from, to }: ImageRule): string | undefined {
  const problem = imagePrefixProblem(to);
  if (problem !== undefined || !hasVersion(to) || hasVersion(from)) return problem;
  return `has a tag or digest, but its from "${from}" has none: images would have two`;
}

/** https://github.com/distribution/reference/blob/main/regexp.go */
const REFERENCE = /^[a-zA-Z0-9][a-zA-Z0-9._-]*(:[0-9]+)?(\/[a-z0-9._-]+)*(\/|(:[\w.-]+)?(@[a-z0-9]+:[0-9a-f]+)?)$/;

/** What is wrong with the beginning of images' references, to be read after it. */
export function imagePrefixProblem(text: string): string | undefined {
  if (text === "")
    return "is empty; it is an image in full, such as docker.io/library/postgres, or a registry, such as ghcr.io/";
  if (!REFERENCE.test(text))
    return "is neither an image, such as docker.io/library/postgres:17, nor the beginning of some, such as ghcr.io/acme/";
  const full = fullPrefix(text);
  if (full === text) return undefined;
  const all = isPlace(text) ? `, or ${fullPrefix(`${text}/`)} for all below it` : "";
  return `is not in full form: it is ${full}${all}`;
}

/** What begins with this, in full: a slash at the end stands for all that is below. */
function fullPrefix(text: string): string {
  const below = "x/x";
  return text.endsWith("/") ? fullImage(text + below).slice(0, -below.length) : fullImage(text);
}

/** True for a registry or a path of one, such as `docker.io/bitnami`: below it there may be images. */
function isPlace(text: string): boolean {
  return /^([^/:@]+\.[^/:@]+|localhost)(:\d+)?(\/[^/:@]+)*$/.test(text);
}

function hasVersion(reference: string): boolean {
  return /[:@][^/]*$/.test(reference);
}

/** What follows the prefix, beginning with a boundary of the reference or empty; `undefined` where it is not its beginning. */
function restAfter(prefix: string, full: string): string | undefined {
  const rest = full.slice(withoutSlash(prefix).length);
  return full.startsWith(prefix) && /^($|[/:@])/.test(rest) ? rest : undefined;
}

function withoutSlash(prefix: string): string {
  return prefix.endsWith("/") ? prefix.slice(0, -1) : prefix;
}
