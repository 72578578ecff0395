const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

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
  if (a === undefined || b === undefined) return false;
  // 0.1 and 100m differ in the last bit of a double.
  return Math.abs(a - b) <= Math.abs(a) * 1e-12;
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(value);
  const factor = SUFFIXES[match?.[2] ?? ""];
  const number = Number(match?.[1] ?? Number.NaN);
  return Number.isNaN(number) || factor === undefined ? undefined : number * factor;
}
