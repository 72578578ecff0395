import assert from "node:assert/strict";
import { parseConfig } from "../../config.js";

describe("where a cluster takes images from, and its port", () => {
  it("takes rules for images and the port of its ingress controller", () => {
    const images = [
      { from: "docker.io/", to: "mirror.example.com/hub/" },
      { from: "docker.io/library/postgres:17.6", to: "ed8k.local/postgres:15" },
    ];
    const config = parseConfig("dev", {
      "ed8k:kind": "cluster",
      "ed8k:context": "x",
      "ed8k:images": JSON.stringify(images),
      "ed8k:ingressPort": "16448",
    });
    assert.ok(config.kind === "cluster");
    assert.deepEqual([config.images, config.ingressPort], [images, 16_448]);
  });

  for (const [what, images, problem, hint] of [
    ["no list", "docker.io/=mirror", ': "docker.io/=mirror" is not allowed; it must be a list', undefined],
    ["text as a rule", ["docker.io/"], '[0]: "docker.io/" is not allowed; it must be a mapping', undefined],
    [
      "a rule without target",
      [{ from: "docker.io/" }],
      "[0].to: is missing",
      "pulumi config set --path 'ed8k:images[0].to' …",
    ],
    [
      "a rule with a key that there is not",
      [{ from: "a.io/", to: "b.io/", tag: "1" }],
      "[0].tag: is no key of ed8k:images[0]; there are from, to",
      "pulumi config rm --path 'ed8k:images[0].tag'",
    ],
    [
      "a short form",
      [{ from: "postgres:17.6", to: "ed8k.local/postgres:15" }],
      '[0].from: "postgres:17.6" is not in full form: it is docker.io/library/postgres:17.6',
      undefined,
    ],
    [
      "an empty beginning",
      [{ from: "", to: "ed8k.local/x" }],
      '[0].from: "" is empty; it is an image in full, such as docker.io/library/postgres, or a registry, such as ghcr.io/',
      undefined,
    ],
    [
      "a target in short form",
      [{ from: "docker.io/", to: "hub" }],
      '[0].to: "hub" is not in full form: it is docker.io/library/hub',
      undefined,
    ],
    [
      "a target with a tag for images with tags of their own",
      [{ from: "docker.io/library/postgres", to: "ed8k.local/postgres:15" }],
      '[0].to: "ed8k.local/postgres:15" has a tag or digest, but its from "docker.io/library/postgres" has none: images would have two',
      undefined,
    ],
    [
      "two rules for the same",
      [
        { from: "a.io/", to: "b.io/" },
        { from: "c.io/", to: "b.io/" },
        { from: "a.io/", to: "d.io/" },
      ],
      '[2].from: "a.io/" is the same as ed8k:images[0].from; only one rule can hold for it',
      undefined,
    ],
  ] as const) {
    it(`refuses ${what} in its rules for images`, () => {
      const text = typeof images === "string" ? images : JSON.stringify(images);
      assert.throws(() => parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "x", "ed8k:images": text }), {
        message: `config of dev: ed8k:images${problem}`,
        hint,
        exit: "usage",
      });
    });
  }

  it("refuses what is no port", () => {
    for (const text of ["0", "65536", "http"]) {
      assert.throws(
        () => parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "x", "ed8k:ingressPort": text }),
        { message: `config of dev: ed8k:ingressPort: "${text}" is not allowed; it is a whole number from 1 to 65535` },
      );
    }
  });
});
