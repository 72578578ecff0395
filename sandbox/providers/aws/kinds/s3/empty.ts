import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../../../../../errors.js";

/**
 * Deletes every version of every object, and every mark of a deletion, page by page: each page is at most what AWS deletes
 * in one call. https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export async function emptyBucket(Bucket: string, client: S3Client): Promise<void> {
  for (;;) {
    // Always the first page: what it held is gone by the next one.
    const { Versions = [], DeleteMarkers = [] } = await client.send(new ListObjectVersionsCommand({ Bucket }));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    // The call succeeds though some of it has failed.
    const failed = Errors[0];
    if (failed === undefined) continue;
    const { Key = "", Code = "", Message = "" } = failed;
    throw new UserError(`s3://${Bucket}/${Key} cannot be deleted: ${Code} ${Message}`);
  }
}
