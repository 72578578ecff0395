import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { repositoryName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import { CACHE_REPOSITORY } from "../settings.js";
import { imageLifecycle, type ImageUse } from "./lifecycle.js";

export interface ImagesArgs {
  readonly plan: AwsPlan;
  readonly keyArn: pulumi.Input<string>;
}

/** Repositories of services' images, and one beside them of layers that builds take up again. */
export class Images extends pulumi.ComponentResource {
  constructor(name: string, args: ImagesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Images", name, {}, opts);
    const { repositories } = args.plan.settings.storage;
    for (const repository of repositories) createRepository(repository, { ...args, use: "service" }, { parent: this });
    if (repositories.length > 0) createRepository(CACHE_REPOSITORY, { ...args, use: "cache" }, { parent: this });
    this.registerOutputs({});
  }
}

/** A service's tag means one image for good; a cache is written over. */
const MUTABILITY: Readonly<Record<ImageUse, string>> = { service: "IMMUTABLE", cache: "MUTABLE" };

function createRepository(
  name: string,
  { plan, keyArn, use }: ImagesArgs & { readonly use: ImageUse },
  opts: pulumi.CustomResourceOptions,
): void {
  const repository = new aws.ecr.Repository(
    name,
    {
      name: repositoryName(plan.settings.name, name),
      imageTagMutability: MUTABILITY[use],
      imageScanningConfiguration: { scanOnPush: use === "service" },
      encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: keyArn }],
      // Whoever lifts the protection below means the images as well; `cluster destroy` does, after it has asked.
      forceDelete: true,
      tags: clusterTags(plan.settings),
    },
    // Layers are built again by the next build; images that services run are deleted by nobody in passing.
    { ...opts, protect: use === "service" },
  );
  new aws.ecr.LifecyclePolicy(name, { repository: repository.name, policy: JSON.stringify(imageLifecycle(use)) }, opts);
}
