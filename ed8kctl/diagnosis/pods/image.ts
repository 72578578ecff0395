import type { Cause, Finding } from "../problem.js";
import { applyCommand, shortened } from "../words.js";

/** What is known of an image that does not come. */
export interface ImageFault {
  readonly image: string;
  /** The kubelet's reason: `ErrImagePull`, `ImagePullBackOff`, `InvalidImageName`, … */
  readonly reason: string;
  /** What the kubelet and the registry said, in one text. */
  readonly message: string;
  readonly environment: string;
}

/** The reasons of a waiting container that has no image. */
export const IMAGE_REASONS: ReadonlySet<string> = new Set([
  "ErrImagePull",
  "ImagePullBackOff",
  "ErrImageNeverPull",
  "InvalidImageName",
  "ImageInspectError",
  "RegistryUnavailable",
  "SignatureValidationFailed",
]);

interface Kind {
  readonly cause: Cause;
  readonly pattern: RegExp;
  readonly text: string;
  readonly next: (environment: string) => string;
}

const correct = (environment: string): string =>
  `correct the image's name or tag in the service's values, then ${applyCommand(environment)}`;

/**
 * What registries and container runtimes say, the most telling first; a registry that hides what it has says of an image
 * that is not there that access to it is denied.
 */
const KINDS: readonly Kind[] = [
  {
    cause: "image-other",
    pattern: /no space left on device/,
    text: "its node has no space left for it",
    next: () => "make room on the node's disk; what is pulled is tried again by itself",
  },
  {
    cause: "image-invalid",
    pattern: /InvalidImageName|invalid reference format|couldn't parse image (name|reference)|must be lowercase/,
    text: "that is no valid name of an image",
    next: correct,
  },
  {
    cause: "image-no-access",
    pattern: /toomanyrequests|too many requests|\b429\b/i,
    text: "the registry refuses more pulls for now (rate limit)",
    next: () => "wait, or let ed8k:images of the cluster stack lead to a mirror",
  },
  {
    cause: "image-no-access",
    pattern:
      /pull access denied|insufficient_scope|authorization failed|unauthorized|authentication required|no basic auth credentials|denied:|40[13] (unauthorized|forbidden)|forbidden/i,
    text: "the registry denies access to it, or has no such image",
    next: (environment) =>
      `check the name, and that the nodes or the pod's imagePullSecrets may pull it; then ${applyCommand(environment)}`,
  },
  {
    cause: "image-not-found",
    pattern: /not found|manifest unknown|name unknown|no match for platform|does not exist|\b404\b/i,
    text: "the registry has no such image or tag",
    next: correct,
  },
  {
    cause: "image-not-found",
    pattern: /ErrImageNeverPull|not present with pull policy of Never/,
    text: "it is not on the node, and its pull policy is Never",
    next: (environment) => `set imagePullPolicy: IfNotPresent, then ${applyCommand(environment)}`,
  },
  {
    cause: "image-unreachable",
    pattern:
      /dial tcp|i\/o timeout|no such host|server misbehaving|connection refused|network is unreachable|TLS handshake|x509|name resolution|failed to do request|proxyconnect|deadline exceeded|connection reset|RegistryUnavailable|\bEOF\b|50[0234] /i,
    text: "the registry cannot be reached from the node",
    next: () =>
      "check that the cluster's nodes reach the registry, or let ed8k:images of the cluster stack lead to a mirror",
  },
];

/** Why an image does not come, in words. */
export function imageFinding({ image, reason, message, environment }: ImageFault): Finding {
  // Back-off messages repeat the name in quotes, which may look like anything.
  const said = `${reason}: ${message.replaceAll(`"${image}"`, "").replaceAll(image, "")}`;
  const kind = KINDS.find(({ pattern }) => pattern.test(said));
  if (kind === undefined) {
    const why = shortened(message) || reason;
    return { cause: "image-other", text: `cannot pull its image ${image}: ${why}`, next: correct(environment) };
  }
  const platform = /no match for platform/.test(said) ? ", not for this kind of processor" : "";
  return {
    cause: kind.cause,
    text: `cannot pull its image ${image}: ${kind.text}${platform}`,
    next: kind.next(environment),
  };
}
