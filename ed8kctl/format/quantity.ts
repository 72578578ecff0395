import { formatBytes, formatCores } from "../../kube/quantity.js";

/** An amount of a quota's resource as a person writes it: `2.5` cores, `12Gi`, `30` pods. */
export function amountText(resource: string, amount: number): string {
  if (resource.endsWith("cpu")) return formatCores(amount);
  return /memory$|storage$/.test(resource) ? formatBytes(amount) : String(amount);
}

/** `4.2Gi of 24Gi (18 %)`. */
export function shareText(resource: string, { used, hard }: { readonly used: number; readonly hard: number }): string {
  const share = hard > 0 ? ` (${Math.round((100 * used) / hard)} %)` : "";
  return `${amountText(resource, used)} of ${amountText(resource, hard)}${share}`;
}
