import { Agent } from "node:http";
import { UserError } from "../../../errors.js";
import type { Keys } from "../../aws/login/sts-url.js";
import { readRootKey } from "../../aws/root-key.js";
import type { AwsClients } from "./clients.js";
import { emulatorUrl } from "./endpoint.js";
import { patience } from "./retry.js";

export interface ClientOptions {
  readonly region: string;
  readonly signal: AbortSignal;
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Clients of the emulator, and of nothing else: endpoint and keys come from the environment and the sandbox's own file
 * alone, never from the user's AWS configuration.
 * @throws UserError without an emulator on this machine, or without credentials
 */
export function createClients({ region, signal, env = process.env }: ClientOptions): AwsClients {
  const config = clientConfig({ region, signal, env });
  const sts = lazily(async () => new (await import("@aws-sdk/client-sts")).STSClient(config));
  return {
    region,
    signal,
    account: lazily(async () => {
      const { GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
      const { Account } = await (await sts()).send(new GetCallerIdentityCommand({}));
      return Account ?? "";
    }),
    budgets: lazily(async () => new (await import("@aws-sdk/client-budgets")).BudgetsClient(config)),
    ec2: lazily(async () => new (await import("@aws-sdk/client-ec2")).EC2Client(config)),
    ecr: lazily(async () => new (await import("@aws-sdk/client-ecr")).ECRClient(config)),
    eks: lazily(async () => new (await import("@aws-sdk/client-eks")).EKSClient(config)),
    events: lazily(async () => new (await import("@aws-sdk/client-eventbridge")).EventBridgeClient(config)),
    iam: lazily(async () => new (await import("@aws-sdk/client-iam")).IAMClient(config)),
    kafka: lazily(async () => new (await import("@aws-sdk/client-kafka")).KafkaClient(config)),
    kms: lazily(async () => new (await import("@aws-sdk/client-kms")).KMSClient(config)),
    logs: lazily(async () => new (await import("@aws-sdk/client-cloudwatch-logs")).CloudWatchLogsClient(config)),
    // One host for all buckets: the emulator has no names of its own for them.
    s3: lazily(async () => new (await import("@aws-sdk/client-s3")).S3Client({ ...config, forcePathStyle: true })),
    sqs: lazily(async () => new (await import("@aws-sdk/client-sqs")).SQSClient(config)),
    sts,
  };
}

/** More than the engine ever has under way at once. */
const SOCKETS = 64;
const CONNECT_MS = 5_000;
const ANSWER_MS = 60_000;

function clientConfig({ region, signal, env }: Required<ClientOptions>) {
  const endpoint = emulatorUrl(env);
  const { accessKeyId, secretAccessKey, sessionToken } = keysOf(env);
  return {
    region,
    endpoint,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    retryStrategy: patience(signal),
    requestHandler: {
      httpAgent: new Agent({ keepAlive: true, maxSockets: SOCKETS }),
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
    },
  };
}

/** Those of a role's session, if there is one, else those of the sandbox's root. */
function keysOf(env: NodeJS.ProcessEnv): Keys {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = env;
  if (accessKeyId !== "" && secretAccessKey !== "") {
    return { accessKeyId, secretAccessKey, sessionToken: env["AWS_SESSION_TOKEN"] };
  }
  const file = env["AWS_SHARED_CREDENTIALS_FILE"] ?? "";
  if (file !== "") return readRootKey(file);
  throw new UserError("The sandbox's aws provider finds no AWS_SHARED_CREDENTIALS_FILE, and no keys in variables", {
    hint: 'in a sandbox with AWS this sets it: eval "$(ed8kctl sandbox env)"',
  });
}

/** The same promise for all who ask; after a failure the next one tries again. */
function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
