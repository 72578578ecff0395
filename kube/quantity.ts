const FACTORS: Readonly<Record<string, number>> = {
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

/**
 * A Kubernetes quantity in base units: cores, bytes, pieces; `undefined` when it is none.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const match = /^([+-]?[0-9.]+(?:[eE][+-]?[0-9]+)?)([numkMGTPE]|[KMGTPE]i)?$/.exec(value);
  const factor = FACTORS[match?.[2] ?? ""];
  const number = Number(match?.[1] ?? Number.NaN);
  return Number.isNaN(number) || factor === undefined ? undefined : number * factor;
}

/** True when both are the same amount: 0.1 and 100m differ in the last bit of a double. */
export function isSameAmount(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.abs(one) * 1e-12;
}

const BYTES = ["Ti", "Gi", "Mi", "Ki"] as const;

/** Bytes as a person writes them: the greatest unit in which they have at most two decimals. */
export function formatBytes(bytes: number): string {
  const unit = BYTES.find((candidate) => bytes >= (FACTORS[candidate] ?? 1)) ?? "";
  return `${round(bytes / (FACTORS[unit] ?? 1))}${unit}`;
}

/** Cores as a person writes them: whole ones, or thousandths below. */
export function formatCores(cores: number): string {
  return cores < 1 && cores > 0 ? `${Math.round(cores * 1000)}m` : String(round(cores));
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
