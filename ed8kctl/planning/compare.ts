import { isJsonObject } from "../../kube/object.js";
import type { Json } from "../../kube/manifest.js";
import { isSameAmount, parseQuantity } from "../../kube/quantity.js";

/**
 * Paths at which a live object differs from what is planned. What the plan does not name (defaults, status, what
 * controllers add) is no difference.
 */
export function differingPaths(planned: Json | undefined, live: Json | undefined, path = ""): readonly string[] {
  if (planned === undefined) return [];
  if (isJsonObject(planned)) {
    if (!isJsonObject(live)) return isNothing(planned) ? [] : [path];
    return Object.entries(planned).flatMap(([key, value]) => differingPaths(value, live[key], join(path, key)));
  }
  if (isNothing(planned)) return isNothing(live) ? [] : [path];
  if (Array.isArray(planned)) return differingItems(planned as readonly Json[], live, path);
  return isSame(planned, live, path) ? [] : [path];
}

function differingItems(planned: readonly Json[], live: Json | undefined, path: string): readonly string[] {
  if (!Array.isArray(live) || live.length !== planned.length) return [path];
  return planned.flatMap((item, index) => differingPaths(item, (live as readonly Json[])[index], `${path}[${index}]`));
}

/** The API server keeps neither empty lists and objects nor null. */
function isNothing(value: Json | undefined): boolean {
  if (value === undefined || value === null) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every((inner) => isNothing(inner));
}

/** Where amounts stand: the API server writes them in its own way, `1000m` as `1`. */
const AMOUNTS = /(^|\.)(requests|limits|hard|capacity|max|min|default|defaultRequest|storage|sizeLimit)(\.|\["|$)/;

function isSame(planned: Json, live: Json | undefined, path: string): boolean {
  if (planned === live) return true;
  // `false`, 0 and "" are what a field is that is left out.
  if (live === undefined) return planned === false || planned === 0 || planned === "";
  if (!AMOUNTS.test(path)) return false;
  const [one, other] = [parseQuantity(planned), parseQuantity(live)];
  return one !== undefined && other !== undefined && isSameAmount(one, other);
}

/** Pulumi's property paths: names with dots are in brackets. */
function join(path: string, key: string): string {
  if (/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key)) return path === "" ? key : `${path}.${key}`;
  return `${path}["${key}"]`;
}
