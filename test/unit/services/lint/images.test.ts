import assert from "node:assert/strict";
import { imageProblems } from "../../../../services/lint/images.js";

const UNKEPT = "which is not kept up any more";

describe("images of a chart", () => {
  for (const image of [
    "docker.io/library/postgres:17.6",
    "ghcr.io/ed8k/bos:0.1.0",
    "localhost:5000/team/ledger:1.0.0",
    `quay.io/team/ledger@sha256:${"0".repeat(64)}`,
    "docker.io/minio/minio-exporter:1.0.0",
    "registry.k8s.io/pause:3.10",
  ]) {
    it(`may be ${image}`, () => {
      assert.deepEqual(imageProblems(image), []);
    });
  }

  for (const [image, problems] of [
    ["docker.io/bitnami/redis:7.2.5", [UNKEPT]],
    ["bitnami/redis:7.2.5", [UNKEPT, "which names no registry"]],
    ["docker.io/bitnamilegacy/redis:7.2.5", [UNKEPT]],
    ["docker.io/minio/minio:RELEASE.2025-01-20", [UNKEPT]],
    ["docker.io/localstack/localstack:4.0.0", [UNKEPT]],
    ["gcr.io/kaniko-project/executor:v1.23.0", [UNKEPT]],
    ["k8s.gcr.io/pause:3.1", [UNKEPT]],
    ["ghcr.io/team/ledger", ["which has no tag"]],
    ["localhost:5000/ledger", ["which has no tag"]],
    ["ghcr.io/team/ledger:latest", ["which changes without a word"]],
    ["nginx", ["which has no tag", "which names no registry"]],
    ["team/ledger:1.0.0", ["which names no registry"]],
  ] as const) {
    it(`should not be ${image}`, () => {
      assert.deepEqual(
        imageProblems(image).map(({ problem }) => problem),
        problems,
      );
    });
  }

  it("come with what to do", () => {
    assert.deepEqual(imageProblems("nginx:1.29"), [
      { problem: "which names no registry", hint: "write it in full: docker.io/library/nginx:1.29" },
    ]);
    assert.deepEqual(imageProblems("k8s.gcr.io/pause:3.1"), [{ problem: UNKEPT, hint: "use registry.k8s.io" }]);
  });
});
