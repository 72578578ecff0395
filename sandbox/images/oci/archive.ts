import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { architecture } from "../architecture.js";
import type { ImageConfig } from "../definition.js";
import { type Blob, writeTar } from "./layer.js";

export interface Layer extends Blob {
  readonly file: string;
}

export interface ArchiveContent {
  readonly reference: string;
  readonly config: ImageConfig;
  /** From the lowest up; each an uncompressed tar. */
  readonly layers: readonly Layer[];
}

const MEDIA = {
  index: "application/vnd.oci.image.index.v1+json",
  manifest: "application/vnd.oci.image.manifest.v1+json",
  config: "application/vnd.oci.image.config.v1+json",
  layer: "application/vnd.oci.image.layer.v1.tar",
} as const;

export interface ArchiveOptions {
  /** An empty folder, into which the layers are linked. */
  readonly scratch: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Writes an archive that `ctr images import` reads, and gives the manifest's digest.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function writeArchive(
  content: ArchiveContent,
  target: string,
  { scratch, signal }: ArchiveOptions,
): Promise<string> {
  const blobs = join(scratch, "blobs", "sha256");
  mkdirSync(blobs, { recursive: true });
  // Hard links would change the layer's file, while tar reads it for another image.
  for (const { file, digest } of content.layers) symlinkSync(file, join(blobs, digest.slice("sha256:".length)));
  const config = putBlob(blobs, imageConfig(content));
  const manifest = putBlob(blobs, imageManifest(content, config));
  writeFileSync(join(scratch, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
  writeFileSync(join(scratch, "index.json"), JSON.stringify(imageIndex(content, manifest)));
  await writeTar(scratch, target, { followLinks: true, signal });
  return manifest.digest;
}

/** Where programs are looked up; images with their own say so. */
const PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

function imageConfig({ config, layers }: ArchiveContent): unknown {
  const env = config.Env ?? [];
  const Env = env.some((variable) => variable.startsWith("PATH=")) ? env : [PATH, ...env];
  return {
    architecture: architecture(),
    os: "linux",
    config: { ...config, Env },
    rootfs: { type: "layers", diff_ids: layers.map(({ digest }) => digest) },
  };
}

function imageManifest({ layers }: ArchiveContent, config: Blob): unknown {
  return {
    schemaVersion: 2,
    mediaType: MEDIA.manifest,
    config: { mediaType: MEDIA.config, ...config },
    layers: layers.map(({ digest, size }) => ({ mediaType: MEDIA.layer, digest, size })),
  };
}

function imageIndex({ reference }: ArchiveContent, manifest: Blob): unknown {
  const annotations = {
    // containerd names the image after the first, other tools after the second.
    "io.containerd.image.name": reference,
    "org.opencontainers.image.ref.name": reference.slice(reference.lastIndexOf(":") + 1),
  };
  return {
    schemaVersion: 2,
    mediaType: MEDIA.index,
    manifests: [{ mediaType: MEDIA.manifest, ...manifest, annotations }],
  };
}

function putBlob(folder: string, value: unknown): Blob {
  const text = JSON.stringify(value);
  const hex = createHash("sha256").update(text).digest("hex");
  writeFileSync(join(folder, hex), text);
  return { digest: `sha256:${hex}`, size: Buffer.byteLength(text) };
}
