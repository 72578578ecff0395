import { KubeError } from "../../kube/errors.js";

/** How an attempt ended. */
export type Verdict =
  | { readonly outcome: "refused"; readonly by: string }
  /** `said` is what came back instead of a refusal. */
  | { readonly outcome: "let through" | "unclear"; readonly said: string };

/** What a server's answer to an attempt means; only a refusal for lack of rights or by a rule counts as one. */
export function verdictOf(error: KubeError | undefined): Verdict {
  if (error === undefined) return { outcome: "let through", said: "it was accepted" };
  const { status, message } = error;
  const rule = RULES.find(({ pattern }) => pattern.test(message));
  const isRefusal = status === 401 || status === 403 || (status === 422 && rule !== undefined);
  if (isRefusal) return { outcome: "refused", by: rule?.name(message) ?? "the API server" };
  // Entering a pod wants another protocol than this request has: asked for after rights were checked.
  if (status === 400 && /upgrade/i.test(message)) return { outcome: "let through", said: message };
  return { outcome: "unclear", said: `${status}: ${message}` };
}

/** Who refuses says so in the message. */
const RULES: readonly { readonly pattern: RegExp; readonly name: (message: string) => string }[] = [
  {
    pattern: /ValidatingAdmissionPolicy '([^']+)'/,
    name: (message) => `admission policy ${/ValidatingAdmissionPolicy '([^']+)'/.exec(message)?.[1] ?? ""}`,
  },
  {
    pattern: /violates PodSecurity "([^":]+)/,
    name: (message) => `Pod Security ${/PodSecurity "([^":]+)/.exec(message)?.[1] ?? ""}`,
  },
  { pattern: /exceeded quota/, name: () => "ResourceQuota" },
  { pattern: /LimitRange|maximum .* usage per/i, name: () => "LimitRange" },
  { pattern: /attempting to grant RBAC permissions/, name: () => "RBAC, which lets nobody give more than they have" },
  { pattern: /cannot \S+ resource|is forbidden: User /, name: () => "RBAC" },
];

/** True when it is the person at the keyboard who may not act as others: then nothing is proved. */
export function isOwnImpersonationRefused(error: unknown): boolean {
  return error instanceof KubeError && error.status === 403 && /cannot impersonate resource/.test(error.message);
}
