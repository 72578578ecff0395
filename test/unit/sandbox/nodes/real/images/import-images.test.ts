import assert from "node:assert/strict";
import { missingImages } from "../../../../../../sandbox/nodes/real/images/import-images.js";

/** As ctr 1.6 prints it. */
const LISTED = `REF                  TYPE                                       DIGEST     SIZE      PLATFORMS   LABELS
ed8k.local/pause:1   application/vnd.oci.image.manifest.v1+json sha256:aaa 1.9 MiB   linux/amd64 -
ed8k.local/redis:7   application/vnd.oci.image.manifest.v1+json sha256:bbb 10.1 MiB  linux/amd64 -
`;

describe("images that a node does not have yet", () => {
  const image = (reference: string, digest: string) => ({ reference, digest, archive: "/cache/image.tar" });

  it("are those with another name or another content", () => {
    const images = [
      image("ed8k.local/pause:1", "sha256:aaa"),
      image("ed8k.local/redis:7", "sha256:ccc"),
      image("ed8k.local/postgres:15", "sha256:bbb"),
    ];
    assert.deepEqual(missingImages(images, LISTED), images.slice(1));
    assert.deepEqual(missingImages(images, ""), images);
  });
});
