import { UserError } from "../../../errors.js";
import type { PartResult } from "../../../cluster/bootstrap/part.js";
import type { StatePlan } from "../../../cluster/bootstrap/plan.js";
import { STACK, stackOf } from "../../cluster/stack-argument.js";
import type { Command } from "../../command.js";

/** `ed8kctl cluster bootstrap [STACK]` */
export const clusterBootstrap: Command = {
  name: "cluster bootstrap",
  summary: "Make the S3 bucket and the KMS key that keep stacks, once per account; what is there stays",
  group: "platform",
  args: [STACK],
  options: [
    { flags: "-y, --yes", summary: "Do not ask" },
    { flags: "--dry-run", summary: "Only tell what is missing" },
  ],
  examples: [
    "ed8kctl cluster bootstrap --dry-run  # in the account and region of Pulumi.dev.yaml",
    "ed8kctl cluster bootstrap --yes  # prints how to log in to the backend, and the key for ed8k:secretsProvider",
  ],
  async run({ args, options, out }) {
    const [{ useSandboxWhereNothingElse }, { readStackFile }, { requireAccount }, { planState }, { bootstrap }] =
      await Promise.all([
        import("../../sandbox-defaults.js"),
        import("../../cluster/stack-file.js"),
        import("../../../cluster/aws/account.js"),
        import("../../../cluster/bootstrap/plan.js"),
        import("../../../cluster/bootstrap/bootstrap.js"),
      ]);
    useSandboxWhereNothingElse();
    const stack = stackOf(args, options);
    const { config } = readStackFile(stack);
    if (config.provider !== "eks") throw notOnAws(stack);
    const account = await requireAccount(config.settings);
    const plan = planState({ account, region: config.settings.aws.region });
    const clients = await openClients(plan.region);
    const dryRun = options["dryRun"] === true;
    const report = ({ what, state }: PartResult): void => out.progress(`${MARKS[state]} ${what}`);
    const seen = await bootstrap(plan, clients, { make: false, report: () => undefined });
    const missing = seen.filter(({ state }) => state === "missing");
    if (missing.length > 0 && !dryRun && options["yes"] !== true) {
      for (const result of missing) report(result);
      const question = `In account ${account} (${plan.region}) ${missing.length} of ${seen.length} things are missing. Make them?`;
      if (!(await out.confirm(question))) throw new UserError("nothing was made", { exit: "interrupted" });
    }
    const parts = dryRun ? seen : await bootstrap(plan, clients, { make: true, report });
    out.result(bootstrapData(plan, parts), bootstrapText(plan, parts));
  },
};

const MARKS = { "so already": "=", made: "+", missing: "-" } as const;

async function openClients(region: string) {
  const [{ KMSClient }, { S3Client }, { bucketOptions, clientOptions }] = await Promise.all([
    import("@aws-sdk/client-kms"),
    import("@aws-sdk/client-s3"),
    import("../../aws/client-options.js"),
  ]);
  return { kms: new KMSClient(clientOptions(region)), s3: new S3Client(bucketOptions(region)) };
}

function notOnAws(stack: string): UserError {
  return new UserError(`the cluster ${stack} is not made on AWS by its stack (ed8k:provider is existing)`, {
    exit: "usage",
    hint: "any backend of Pulumi will do for it: pulumi login s3://…, or pulumi login file://…",
  });
}

/** The answer for machines. */
export function bootstrapData(
  { account, region, bucket, alias, login, secretsProvider }: StatePlan,
  parts: readonly PartResult[],
) {
  return { account, region, bucket, alias, login, secretsProvider, parts };
}

/** The answer for people: what there is, and the two lines that they need. */
export function bootstrapText(
  { account, region, login, secretsProvider }: StatePlan,
  parts: readonly PartResult[],
): string {
  const missing = parts.filter(({ state }) => state === "missing");
  const made = parts.filter(({ state }) => state === "made");
  const lines = missing.map(({ what }) => `  missing: ${what}`);
  if (lines.length > 0) {
    return [`account ${account} (${region}):`, ...lines, "next: ed8kctl cluster bootstrap makes it"].join("\n");
  }
  return [
    `account ${account} (${region}) keeps stacks (${made.length === 0 ? "nothing had to be made" : `${made.length} made`}); next, on every machine:`,
    `  ${login}`,
    "and in the cluster stack's file, before its first update:",
    `  ed8k:secretsProvider: ${secretsProvider}`,
  ].join("\n");
}
