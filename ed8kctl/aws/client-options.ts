/** AWS answers "slow down" to whoever asks much at once; the SDK then waits and asks again, so often. */
const ATTEMPTS = 8;

/** What every client of AWS' SDK is made with. Where it asks is told by `AWS_ENDPOINT_URL`, as whom by the session that is set. */
export function clientOptions(region: string): { readonly region: string; readonly maxAttempts: number } {
  return { region, maxAttempts: ATTEMPTS };
}

/** Of S3: where an endpoint is named, buckets have no host names of their own. */
export function bucketOptions(region: string) {
  return { ...clientOptions(region), forcePathStyle: (process.env["AWS_ENDPOINT_URL"] ?? "") !== "" };
}
