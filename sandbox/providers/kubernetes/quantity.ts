import { isSameAmount, parseQuantity } from "../../../kube/quantity.js";

/** Fields whose values, or whose children's values, are quantities: `cpu: "1000m"` is `cpu: 1`. */
const QUANTITIES = new Set([
  "requests",
  "limits",
  "hard",
  "capacity",
  "default",
  "defaultRequest",
  "max",
  "min",
  "maxLimitRequestRatio",
  "sizeLimit",
  "averageValue",
  "overhead",
  "divisor",
]);

/** True when both mean the same quantity at a place where quantities are; the API server keeps only one spelling. */
export function isSameQuantity(path: readonly (string | number)[], one: unknown, other: unknown): boolean {
  if (!path.slice(-2).some((step) => QUANTITIES.has(String(step)))) return false;
  const [a, b] = [parseQuantity(one), parseQuantity(other)];
  return a !== undefined && b !== undefined && isSameAmount(a, b);
}
