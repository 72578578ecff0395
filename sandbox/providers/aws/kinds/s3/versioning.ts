import {
  type BucketVersioningStatus,
  GetBucketVersioningCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";
import type { AwsClients } from "../../clients.js";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { refuseUnknown } from "../known.js";
import { NO_BUCKET } from "./bucket.js";

interface Inputs {
  readonly bucket: string;
  readonly versioningConfiguration: { readonly status: BucketVersioningStatus };
}

/** Whether a bucket keeps what was overwritten and deleted. */
export const bucketVersioning: AwsKind = {
  type: "aws:s3/bucketVersioning:BucketVersioning",
  inputs: { bucket: "replace", versioningConfiguration: "update" },
  required: ["bucket", "versioningConfiguration"],
  computed: [],
  create: async (inputs, clients) => {
    const { bucket, versioningConfiguration } = inputs as unknown as Inputs;
    await put(bucket, versioningConfiguration, clients);
    return bucket;
  },
  read: async (Bucket, clients) => {
    const s3 = await clients.s3();
    const found = await unless(NO_BUCKET, () => s3.send(new GetBucketVersioningCommand({ Bucket })));
    // A bucket that never had versions has no status.
    if (found?.Status === undefined) return undefined;
    return { bucket: Bucket, versioningConfiguration: { status: found.Status } };
  },
  update: (id, { inputs }, clients) => put(id, (inputs as unknown as Inputs).versioningConfiguration, clients),
  // It can never be taken away, only be suspended.
  delete: async (id, clients) => {
    await unless(NO_BUCKET, () => put(id, { status: "Suspended" }, clients));
  },
};

async function put(
  Bucket: string,
  configuration: Inputs["versioningConfiguration"],
  clients: AwsClients,
): Promise<void> {
  refuseUnknown("versioningConfiguration", configuration, ["status"]);
  const VersioningConfiguration = { Status: configuration.status };
  await (await clients.s3()).send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
}
