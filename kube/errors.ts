import { UserError } from "../errors.js";
import type { Json, JsonObject } from "./manifest.js";
import { isJsonObject } from "./object.js";

/** A refusal by the API server: its `Status` object, or the plain text it answered with. */
export class KubeError extends Error {
  /** HTTP status, such as 404. */
  readonly status: number;
  /** One word, such as `NotFound`, `AlreadyExists`, `Forbidden`, `Conflict`, `Expired`. */
  readonly reason: string;
  readonly details: JsonObject;

  constructor(status: number, answer: unknown) {
    const fields: JsonObject = isJsonObject(answer) ? answer : {};
    const message = typeof fields["message"] === "string" ? fields["message"] : plainText(answer);
    super(message === "" ? `the API server answered with HTTP status ${status}` : message);
    this.name = "KubeError";
    this.status = status;
    this.reason = typeof fields["reason"] === "string" ? fields["reason"] : reasonOf(status);
    this.details = isJsonObject(fields["details"]) ? fields["details"] : {};
  }
}

/** True when the object, its namespace or its kind is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof KubeError && error.status === 404;
}

/** True when an object of this name is already there. */
export function isAlreadyExists(error: unknown): boolean {
  return error instanceof KubeError && error.reason === "AlreadyExists";
}

/** True when server-side apply met fields of another manager, or an update met a newer version. */
export function isConflict(error: unknown): boolean {
  return error instanceof KubeError && error.reason === "Conflict";
}

/** The cluster did not answer at all; told in one sentence, with what to do. */
export class UnreachableError extends UserError {
  constructor(target: { readonly context: string; readonly server: string }, cause: unknown) {
    super(`The cluster of context "${target.context}" at ${target.server} cannot be reached: ${explain(cause)}`, {
      hint: "Check that it runs and that this machine may reach it (VPN, sandbox), or choose another context",
      cause,
    });
    this.name = "UnreachableError";
  }
}

const EXPLAINED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  ENOTFOUND: "its name is not known (DNS)",
  EAI_AGAIN: "its name cannot be looked up now (DNS)",
  ETIMEDOUT: "it does not answer (timed out)",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself, not by the kubeconfig's certificate authority",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not signed by the kubeconfig's certificate authority",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not signed by the kubeconfig's certificate authority",
  CERT_SIGNATURE_FAILURE: "its certificate is not signed by the kubeconfig's certificate authority",
  CERT_HAS_EXPIRED: "its certificate has expired",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is made for another host name",
};

/** The code that Node gives system and TLS errors, also when several addresses were tried. */
export function errorCode(error: unknown): string {
  if (error instanceof AggregateError) return errorCode(error.errors[0]);
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" ? error.code : "";
}

function explain(cause: unknown): string {
  const known = EXPLAINED[errorCode(cause)];
  return known ?? (cause instanceof Error && cause.message !== "" ? cause.message : String(cause));
}

function plainText(answer: unknown): string {
  return typeof answer === "string" ? answer.trim().slice(0, 300) : "";
}

function reasonOf(status: number): string {
  const reasons: Readonly<Record<number, Json>> = {
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
  };
  const reason = reasons[status];
  return typeof reason === "string" ? reason : "Unknown";
}
