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
  return allowedRegistries.some((prefix) => full.startsWith(prefix) && /^($|[/:@])/.test(rest(full, prefix)));
}

function rest(full: string, prefix: string): string {
  return full.slice(prefix.endsWith("/") ? prefix.length - 1 : prefix.length);
}
