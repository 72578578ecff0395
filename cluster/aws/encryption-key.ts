import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { clusterPartName } from "../../naming.js";
import type { AwsPlan } from "./plan/plan.js";
import { clusterTags } from "./plan/tags.js";
import { keyPolicy } from "./policies/key.js";

export interface EncryptionKeyArgs {
  readonly plan: AwsPlan;
  readonly account: string;
}

/** The one key of the cluster: Kubernetes' Secrets, Kafka, images, datasets and logs are encrypted with it. */
export class EncryptionKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, { plan, account }: EncryptionKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:EncryptionKey", name, {}, opts);
    const { settings } = plan;
    const alias = clusterPartName(settings.name, "secrets");
    const key = new aws.kms.Key(
      "key",
      {
        description: `What ED8K's cluster ${settings.name} keeps`,
        enableKeyRotation: true,
        // The longest that AWS waits: without the key its data is lost.
        deletionWindowInDays: 30,
        policy: JSON.stringify(keyPolicy({ account, region: settings.aws.region })),
        tags: clusterTags(settings, alias),
      },
      { parent: this, protect: true },
    );
    new aws.kms.Alias("alias", { name: `alias/${alias}`, targetKeyId: key.keyId }, { parent: this });
    this.arn = key.arn;
    this.registerOutputs({});
  }
}
