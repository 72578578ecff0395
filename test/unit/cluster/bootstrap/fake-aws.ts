import type { KMSClient } from "@aws-sdk/client-kms";
import type { S3Client } from "@aws-sdk/client-s3";
import { answering, refusal } from "../../ed8kctl/aws/answering.js";

/** What KMS and S3 keep, as far as a bootstrap sees. */
export class FakeAws {
  /** State and tags, by id; those that are `closed` nobody may look at. */
  readonly keys = new Map<string, { state: string; tags: readonly object[] | "closed"; rotated: boolean }>();
  readonly aliases = new Map<string, string>();
  bucket: Record<string, unknown> | undefined;

  /** Both clients; what they were asked is written down together, in order. */
  clients() {
    const kms = answering<KMSClient>(this.#kms());
    const s3 = answering<S3Client>(this.#s3());
    return {
      clients: { kms: kms.client, s3: s3.client },
      /** Operations that changed something. */
      changes: () =>
        [...kms.asked, ...s3.asked]
          .map(({ operation }) => operation)
          .filter((operation) => /^(Create|Put|Enable)/.test(operation)),
      asked: () => [...kms.asked, ...s3.asked],
    };
  }

  #kms() {
    const id = (name: unknown): string => this.aliases.get(String(name)) ?? String(name);
    const found = (name: unknown) => this.keys.get(id(name));
    return {
      DescribeKey: ({ KeyId }: Record<string, unknown>) => {
        const key = found(KeyId);
        if (key === undefined) return refusal("NotFoundException");
        if (key.state === "closed") return refusal("AccessDeniedException");
        return { KeyMetadata: { KeyId: id(KeyId), KeyState: key.state, KeyManager: "CUSTOMER" } };
      },
      CreateKey: ({ Tags }: Record<string, unknown>) => {
        const KeyId = `key-${this.keys.size + 1}`;
        this.keys.set(KeyId, { state: "Enabled", tags: Tags as object[], rotated: false });
        return { KeyMetadata: { KeyId } };
      },
      CreateAlias: ({ AliasName, TargetKeyId }: Record<string, unknown>) => {
        this.aliases.set(String(AliasName), String(TargetKeyId));
        return {};
      },
      ListKeys: () => ({ Keys: [...this.keys.keys()].map((KeyId) => ({ KeyId })) }),
      ListResourceTags: ({ KeyId }: Record<string, unknown>) => {
        const tagsOf = found(KeyId)?.tags;
        return tagsOf === "closed" ? refusal("AccessDeniedException") : { Tags: tagsOf };
      },
      GetKeyRotationStatus: ({ KeyId }: Record<string, unknown>) => ({ KeyRotationEnabled: found(KeyId)?.rotated }),
      EnableKeyRotation: ({ KeyId }: Record<string, unknown>) => {
        const key = found(KeyId);
        if (key !== undefined) key.rotated = true;
        return {};
      },
    };
  }

  #s3() {
    const read = (field: string, missing: string) => () =>
      this.bucket === undefined ? refusal("NoSuchBucket", 404) : (this.bucket[field] ?? refusal(missing, 404));
    const write = (field: string, stored: (input: Record<string, unknown>) => unknown) => (input: object) => {
      this.bucket = { ...this.bucket, [field]: stored({ ...input }) };
      return {};
    };
    const same =
      (...names: readonly string[]) =>
      (input: Record<string, unknown>) =>
        Object.fromEntries(names.map((name) => [name, input[name]]));
    return {
      HeadBucket: () => (this.bucket === undefined ? refusal("NotFound", 404) : {}),
      CreateBucket: () => {
        this.bucket = { versioning: {} };
        return {};
      },
      GetPublicAccessBlock: read("access", "NoSuchPublicAccessBlockConfiguration"),
      PutPublicAccessBlock: write("access", same("PublicAccessBlockConfiguration")),
      GetBucketEncryption: read("encryption", "ServerSideEncryptionConfigurationNotFoundError"),
      PutBucketEncryption: write("encryption", same("ServerSideEncryptionConfiguration")),
      GetBucketVersioning: read("versioning", "unused"),
      PutBucketVersioning: write("versioning", ({ VersioningConfiguration }) => VersioningConfiguration),
      GetBucketPolicy: read("policy", "NoSuchBucketPolicy"),
      PutBucketPolicy: write("policy", ({ Policy }) => ({ Policy: compacted(String(Policy)) })),
      GetBucketLifecycleConfiguration: read("lifecycle", "NoSuchLifecycleConfiguration"),
      PutBucketLifecycleConfiguration: write("lifecycle", ({ LifecycleConfiguration }) => LifecycleConfiguration),
      GetBucketTagging: read("tags", "NoSuchTagSet"),
      PutBucketTagging: write("tags", ({ Tagging }) => Tagging),
    };
  }
}

/** As S3 gives policies back: lists of one are what is in them. */
function compacted(policy: string): string {
  return JSON.stringify(JSON.parse(policy), (key, value: unknown) =>
    Array.isArray(value) && value.length === 1 && key !== "Statement" ? (value[0] as unknown) : value,
  );
}
