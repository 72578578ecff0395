import { fullImage } from "../../environments/bend/images.js";
import { nameOf } from "../../environments/bend/manifests.js";
import { containersOf } from "./containers.js";
import type { LintRule } from "./rules.js";

/** Images that are not kept up any more, by the beginning of their reference, with what serves instead. */
const RETIRED: Readonly<Record<string, string>> = {
  // https://github.com/bitnami/charts/issues/36537
  "docker.io/bitnami/": "use the program's own image, such as docker.io/library/postgres",
  "docker.io/bitnamilegacy/": "use the program's own image, such as docker.io/library/postgres",
  "public.ecr.aws/bitnami/": "use the program's own image, such as docker.io/library/postgres",
  // https://github.com/minio/minio: images are not published any more
  "docker.io/minio/minio": "claim an s3-bucket in ed8k.yaml",
  "quay.io/minio/minio": "claim an s3-bucket in ed8k.yaml",
  // https://github.com/localstack/localstack: needs an account
  "docker.io/localstack/localstack": "claim the queue, topic, table or bucket in ed8k.yaml",
  // https://github.com/GoogleContainerTools/kaniko: archived
  "gcr.io/kaniko-project/": "build with BuildKit: docker.io/moby/buildkit",
  // https://kubernetes.io/blog/2023/03/10/image-registry-redirect/
  "k8s.gcr.io/": "use registry.k8s.io",
};

/** Images must be written in full, say which one is meant, and be kept up by somebody. */
export const lintImages: LintRule = ({ manifest }) =>
  containersOf(manifest).flatMap(({ path, container: { image } }) => {
    if (typeof image !== "string") return [];
    return imageProblems(image).map(({ problem, hint }) => ({
      path: [...path, "image"],
      problem: `${nameOf(manifest)} runs the image "${image}", ${problem}`,
      hint,
    }));
  });

interface ImageProblem {
  readonly problem: string;
  readonly hint: string;
}

/** What is wrong with an image's reference; to be read after it. */
export function imageProblems(image: string): readonly ImageProblem[] {
  const full = fullImage(image);
  const problems: ImageProblem[] = [];
  const retired = Object.keys(RETIRED).find((prefix) => beginsWith(full, prefix));
  if (retired !== undefined) {
    problems.push({ problem: "which is not kept up any more", hint: RETIRED[retired] ?? "" });
  }
  if (!full.includes("@")) {
    const tag = /:([^/]+)$/.exec(full)?.[1];
    if (tag === undefined) problems.push({ problem: "which has no tag", hint: "name the version, such as :1.2.3" });
    if (tag === "latest") problems.push({ problem: "which changes without a word", hint: "name the version" });
  }
  if (full !== image) problems.push({ problem: "which names no registry", hint: `write it in full: ${full}` });
  return problems;
}

/** A prefix ends at a boundary of the reference: `minio/minio` is not the beginning of `minio/minio-exporter`. */
function beginsWith(image: string, prefix: string): boolean {
  return image.startsWith(prefix) && (prefix.endsWith("/") || /^($|[:@/])/.test(image.slice(prefix.length)));
}
