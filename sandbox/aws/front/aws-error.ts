import type { Answer } from "./answer.js";

/** How a service writes its errors. */
export type Protocol = "json" | "rest-json" | "query" | "ec2" | "rest-xml";

/** Anything that is not here has JSON bodies and a header that names the operation. */
const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  eks: "rest-json",
  kafka: "rest-json",
  ec2: "ec2",
  s3: "rest-xml",
  iam: "query",
  sts: "query",
};

/** How a service speaks, by its name in signatures. */
export function protocolOf(service: string): Protocol {
  return PROTOCOLS[service] ?? "json";
}

/** A refusal in AWS' words. */
export class AwsError extends Error {
  readonly status: number;
  readonly code: string;

  /** @param code AWS' own name of it, such as `ResourceNotFoundException` */
  constructor(code: string, message: string, status = STATUS[code] ?? 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html, and of each operation */
const STATUS: Readonly<Record<string, number>> = {
  ResourceNotFoundException: 404,
  NotFoundException: 404,
  UnknownTopicOrPartitionException: 404,
  ResourceInUseException: 409,
  ConflictException: 409,
  TopicExistsException: 409,
  UnsupportedOperation: 501,
};

/** The refusal as the service would write it. */
export function errorAnswer({ status, code, message }: AwsError, service: string): Answer {
  const protocol = protocolOf(service);
  if (protocol === "rest-json" || protocol === "json") {
    const type = protocol === "json" ? "application/x-amz-json-1.1" : "application/json";
    const headers = { "content-type": type, "x-amzn-errortype": code };
    return { status, headers, body: JSON.stringify({ __type: code, message }) };
  }
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  return { status, headers: { "content-type": "text/xml" }, body: WRAPPED[protocol](inner) };
}

const WRAPPED: Readonly<Record<"query" | "ec2" | "rest-xml", (inner: string) => string>> = {
  query: (inner) => `<ErrorResponse><Error><Type>Sender</Type>${inner}</Error></ErrorResponse>`,
  ec2: (inner) => `<Response><Errors><Error>${inner}</Error></Errors><RequestID>ed8k</RequestID></Response>`,
  "rest-xml": (inner) => `<Error>${inner}</Error>`,
};

/** Text as the content of an element. */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
