import { z } from "zod";
import { AwsError, protocolOf } from "./aws-error.js";

const schema = z.strictObject({
  /** The share of calls that are refused for being too many, from 0 to 1. */
  throttle: z.number().min(0).max(1).default(0),
});

export type FaultSettings = Readonly<z.infer<typeof schema>>;

/** For tests: answers that AWS gives when it has too much to do. */
export class CallFaults {
  #settings: FaultSettings = { throttle: 0 };
  readonly #random: () => number;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  /** @throws ZodError when they are none */
  set(settings: unknown): void {
    this.#settings = schema.parse(settings);
  }

  /** @throws AwsError when this call is one of those that are refused */
  check(service: string): void {
    if (this.#random() < this.#settings.throttle) throw throttled(service);
  }
}

/** Each service has its own words. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/query-api-troubleshooting.html */
function throttled(service: string): AwsError {
  const message = "Rate exceeded (by the sandbox's own faults)";
  switch (protocolOf(service)) {
    case "ec2":
      return new AwsError("RequestLimitExceeded", message, 503);
    case "rest-xml":
      return new AwsError("SlowDown", message, 503);
    case "rest-json":
      return new AwsError("TooManyRequestsException", message, 429);
    case "query":
      return new AwsError("Throttling", message, 400);
    case "json":
      return new AwsError("ThrottlingException", message, 400);
  }
}
