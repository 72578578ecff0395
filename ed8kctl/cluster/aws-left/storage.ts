import { clusterBucketName, clusterPartName, repositoryName } from "../../../naming.js";
import { bucketOptions, clientOptions } from "../../aws/client-options.js";
import { allPages, type AwsLeftover, ifThere, present, type SweptCluster } from "./look.js";

/** Datasets. */
export async function s3({ stack, account, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { HeadBucketCommand, S3Client } = await import("@aws-sdk/client-s3");
  const bucket = clusterBucketName(stack, "datasets", { account, region });
  const found = await present(new S3Client(bucketOptions(region)).send(new HeadBucketCommand({ Bucket: bucket })));
  return found ? [{ what: `s3 bucket ${bucket}`, remove: bucketRemoved(bucket, region) }] : [];
}

/** `aws s3 rb --force` leaves the versions of what it removes, and then the bucket. */
function bucketRemoved(bucket: string, region: string): string {
  const of = `--bucket ${bucket} --region ${region}`;
  const listed = `aws s3api list-object-versions ${of} --output text --query '[Versions, DeleteMarkers][][].[Key, VersionId]'`;
  const removed = `while IFS=$'\\t' read -r key version; do [ -z "$version" ] || aws s3api delete-object ${of} --key "$key" --version-id "$version"; done`;
  return `${listed} | ${removed}; aws s3api delete-bucket ${of}`;
}

/** Images. */
export async function ecr({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeRepositoriesCommand, ECRClient } = await import("@aws-sdk/client-ecr");
  const client = new ECRClient(clientOptions(region));
  const all = await allPages(async (nextToken) => {
    const input = nextToken === undefined ? {} : { nextToken };
    const { repositories = [], nextToken: next } = await client.send(new DescribeRepositoriesCommand(input));
    return { items: repositories.map(({ repositoryName: name = "" }) => name), next };
  });
  return all
    .filter((name) => name.startsWith(repositoryName(stack, "")))
    .map((name) => ({
      what: `ecr repository ${name}`,
      remove: `aws ecr delete-repository --repository-name ${name} --force --region ${region}`,
    }));
}

/** The key's other name stands in the way of the next; the key costs money until somebody schedules its deletion. */
export async function kms({ stack, region }: SweptCluster): Promise<readonly AwsLeftover[]> {
  const { DescribeKeyCommand, KMSClient } = await import("@aws-sdk/client-kms");
  const alias = `alias/${clusterPartName(stack, "secrets")}`;
  const found = await ifThere(new KMSClient(clientOptions(region)).send(new DescribeKeyCommand({ KeyId: alias })));
  if (found === undefined) return [];
  const { KeyId: key = "", KeyState: state } = found.KeyMetadata ?? {};
  const remove = `aws kms schedule-key-deletion --key-id ${key} --pending-window-in-days 30 --region ${region}`;
  return [
    ...(state === "PendingDeletion" ? [] : [{ what: `kms key ${key}`, remove }]),
    { what: `kms alias ${alias}`, remove: `aws kms delete-alias --alias-name ${alias} --region ${region}` },
  ];
}
