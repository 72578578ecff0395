import fc from "fast-check";

/**
 * Any JSON but objects with a key `__proto__`, which assignment takes for the object's prototype: no Kubernetes object, no
 * Helm value and no config has one, and zod leaves it out.
 */
export const anyJson = fc
  .jsonValue({ maxDepth: 3 })
  // JSON knows no -0.
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  .filter((value) => !JSON.stringify(value).includes('"__proto__"'));
