import assert from "node:assert/strict";
import { event, problems, sick, told, waiting } from "./fixtures.js";

const IMAGE = "ghcr.io/ed8k/bos:9";
const backOff = (error: string) =>
  waiting("ImagePullBackOff", `Back-off pulling image "${IMAGE}": ErrImagePull: ${error}`);
const start = `cannot pull its image ${IMAGE}`;

describe("an image that does not come", () => {
  const resolve = `rpc error: code = Unknown desc = failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}"`;
  const cases: readonly (readonly [said: string, words: string])[] = [
    [
      `rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": failed to resolve reference "${IMAGE}": ${IMAGE}: not found`,
      `image-not-found: ${start}: the registry has no such image or tag`,
    ],
    [
      `rpc error: code = NotFound desc = failed to pull and unpack image "${IMAGE}": no match for platform in manifest: not found`,
      `image-not-found: ${start}: the registry has no such image or tag, not for this kind of processor`,
    ],
    [
      `${resolve}: pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`,
      `image-no-access: ${start}: the registry denies access to it, or has no such image`,
    ],
    [
      `${resolve}: unexpected status from HEAD request to https://ghcr.io/v2/ed8k/bos/manifests/9: 403 Forbidden`,
      `image-no-access: ${start}: the registry denies access to it, or has no such image`,
    ],
    [
      `${resolve}: unexpected status code https://ghcr.io: 429 Too Many Requests - toomanyrequests: You have reached your pull rate limit`,
      `image-no-access: ${start}: the registry refuses more pulls for now (rate limit)`,
    ],
    [
      `${resolve}: failed to do request: Head "https://ghcr.io/v2/ed8k/bos/manifests/9": dial tcp: lookup ghcr.io on 10.0.0.2:53: no such host`,
      `image-unreachable: ${start}: the registry cannot be reached from the node`,
    ],
    [
      `${resolve}: failed to do request: Head "https://ghcr.io/v2/": dial tcp 10.1.2.3:443: connect: connection refused`,
      `image-unreachable: ${start}: the registry cannot be reached from the node`,
    ],
    [
      `${resolve}: failed to copy: write /var/lib/containerd/io.containerd.content.v1.content/ingest/1/data: no space left on device`,
      `image-other: ${start}: its node has no space left for it`,
    ],
    ["something new", `image-other: ${start}: Back-off pulling image "${IMAGE}": ErrImagePull: something new`],
  ];
  for (const [said, words] of cases) {
    it(`is told in words: ${said.slice(-60)}`, () => {
      assert.equal(told(sick(backOff(said))), words);
    });
  }

  it("of a name that is none, or that may not be pulled, is told as such", () => {
    const invalid = waiting(
      "InvalidImageName",
      'Failed to apply default image tag "BAD::x": couldn\'t parse image name "BAD::x": invalid reference format',
    );
    assert.equal(
      told(sick(invalid, { spec: { image: "BAD::x" } })),
      "image-invalid: cannot pull its image BAD::x: that is no valid name of an image",
    );
    const never = waiting("ErrImageNeverPull", `Container image "${IMAGE}" is not present with pull policy of Never`);
    assert.equal(told(sick(never)), `image-not-found: ${start}: it is not on the node, and its pull policy is Never`);
  });

  it("is not judged by words in its own name", () => {
    const image = "ghcr.io/not-found/denied:404";
    const said = `Back-off pulling image "${image}": ErrImagePull: dial tcp 10.0.0.1:443: i/o timeout`;
    assert.equal(
      told(sick(waiting("ImagePullBackOff", said), { spec: { image } })),
      `image-unreachable: cannot pull its image ${image}: the registry cannot be reached from the node`,
    );
  });

  it("is explained by the event where an older kubelet says no more than that it waits", () => {
    const short = sick(waiting("ImagePullBackOff", `Back-off pulling image "${IMAGE}"`));
    const failed = event("Failed", `Failed to pull image "${IMAGE}": ${IMAGE}: manifest unknown`);
    assert.equal(told(short, [failed]), `image-not-found: ${start}: the registry has no such image or tag`);
  });

  it("says since when, and what to do", () => {
    assert.deepEqual(problems({ pods: [sick(backOff("not found"))] }), [
      {
        kind: "Pod",
        name: "bos-web-1",
        service: "bos",
        cause: "image-not-found",
        text: `${start}: the registry has no such image or tag`,
        since: "2026-11-24T09:05:00Z",
        next: "correct the image's name or tag in the service's values, then ed8kctl create alice",
      },
    ]);
  });

  it("is being pulled until an event says that it has come", () => {
    const creating = sick(waiting("ContainerCreating"));
    const pulling = event("Pulling", `Pulling image "${IMAGE}"`, { type: "Normal" });
    assert.equal(told(creating, [pulling]), `image-pulling: waits for its image ${IMAGE}, which is being pulled`);
    const pulled = event("Pulled", "Successfully pulled", { type: "Normal", lastTimestamp: "2026-11-24T09:09:30Z" });
    assert.equal(told(creating, [pulling, pulled]), "starting: is starting");
  });
});
