import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { architecture } from "../../../../../sandbox/images/architecture.js";
import { type ArchiveContent, writeArchive } from "../../../../../sandbox/images/oci/archive.js";
import { writeTar } from "../../../../../sandbox/images/oci/layer.js";
import { putFile } from "../../../../../sandbox/images/tree.js";
import { cleanUp, errorOf, scratchFolder } from "../../scratch.js";

async function content(): Promise<ArchiveContent> {
  const layers = [];
  for (const text of ["low", "high"]) {
    const folder = scratchFolder();
    putFile(folder, "root/file", { content: text });
    const file = join(folder, "layer.tar");
    layers.push({ file, ...(await writeTar(join(folder, "root"), file)) });
  }
  const config = { User: "999", Entrypoint: ["/entry"], Env: ["A=b"], StopSignal: "SIGINT" };
  return { reference: "ed8k.local/thing:1.2", config, layers };
}

async function write(
  archive: ArchiveContent,
  signal?: AbortSignal,
): Promise<{ readonly file: string; readonly digest: string }> {
  const folder = scratchFolder();
  const scratch = join(folder, "layout");
  mkdirSync(scratch);
  const file = join(folder, "image.tar");
  return { file, digest: await writeArchive(archive, file, { scratch, signal }) };
}

/** What is at a path in the archive; a blob must have the hash that it is named by. */
function read(archive: string, path: string): unknown {
  const text = execFileSync("tar", ["-xOf", archive, `./${path}`], { maxBuffer: 1e8 });
  const [, hash] = /^blobs\/sha256\/(.*)$/.exec(path) ?? [];
  if (hash !== undefined) assert.equal(createHash("sha256").update(text).digest("hex"), hash);
  return JSON.parse(text.toString());
}

function blob(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

if (process.platform === "linux") {
  describe("an image's archive", () => {
    afterEach(cleanUp);

    it("leads from its index over manifest and config to the layers", async () => {
      const archive = await content();
      const { file, digest } = await write(archive);
      assert.deepEqual(read(file, "oci-layout"), { imageLayoutVersion: "1.0.0" });
      const { manifests } = read(file, "index.json") as { manifests: readonly Record<string, unknown>[] };
      assert.deepEqual(
        manifests.map(({ mediaType, digest, annotations }) => ({ mediaType, digest, annotations })),
        [
          {
            mediaType: "application/vnd.oci.image.manifest.v1+json",
            digest,
            annotations: {
              "io.containerd.image.name": "ed8k.local/thing:1.2",
              "org.opencontainers.image.ref.name": "1.2",
            },
          },
        ],
      );
      const manifest = read(file, blob(digest)) as {
        readonly config: { readonly mediaType: string; readonly digest: string; readonly size: number };
        readonly layers: unknown;
      };
      assert.equal(manifest.config.mediaType, "application/vnd.oci.image.config.v1+json");
      assert.deepEqual(
        manifest.layers,
        archive.layers.map((layer) => ({
          mediaType: "application/vnd.oci.image.layer.v1.tar",
          digest: layer.digest,
          size: layer.size,
        })),
      );
      assert.deepEqual(read(file, blob(manifest.config.digest)), {
        architecture: architecture(),
        os: "linux",
        config: {
          User: "999",
          Entrypoint: ["/entry"],
          Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "A=b"],
          StopSignal: "SIGINT",
        },
        rootfs: { type: "layers", diff_ids: archive.layers.map(({ digest }) => digest) },
      });
    });

    it("holds the layers' own bytes, each once", async () => {
      const archive = await content();
      const { file } = await write(archive);
      const listed = execFileSync("tar", ["-tf", file], { encoding: "utf8" }).trim().split("\n");
      for (const layer of archive.layers) {
        const path = `./${blob(layer.digest)}`;
        assert.equal(listed.filter((name) => name === path).length, 1);
        assert.deepEqual(execFileSync("tar", ["-xOf", file, path]), readFileSync(layer.file));
      }
      assert.equal(listed.filter((name) => /sha256\/./.test(name)).length, 4);
    });

    it("is the same for the same input, and another when its config is", async () => {
      const archive = await content();
      const [first, second] = [await write(archive), await write(archive)];
      assert.equal(first.digest, second.digest);
      assert.deepEqual(readFileSync(first.file), readFileSync(second.file));
      const other = await write({ ...archive, config: { ...archive.config, User: "0" } });
      assert.notEqual(other.digest, first.digest);
    });

    it("is not written any further when it is stopped", async () => {
      const stopped = await errorOf(async () => write(await content(), AbortSignal.abort()));
      assert.equal(stopped.name, "AbortError");
    });

    it("leaves an image's own PATH as it is", async () => {
      const { file, digest } = await write({ ...(await content()), config: { Env: ["PATH=/own"] } });
      const { config } = read(file, blob(digest)) as { readonly config: { readonly digest: string } };
      const { config: inner } = read(file, blob(config.digest)) as { readonly config: unknown };
      assert.deepEqual(inner, { Env: ["PATH=/own"] });
    });
  });
}
