import assert from "node:assert/strict";
import fc from "fast-check";
import { fullImage, type ImageRule, imagePrefixProblem, rewriteImage } from "../../../../environments/bend/images.js";
import { bentObject, facts, faultsOf, notesOf } from "../fixtures.js";

const RULES: readonly ImageRule[] = [
  { from: "docker.io/", to: "mirror.example.com/hub/" },
  { from: "docker.io/library/postgres:17.6", to: "ed8k.local/postgres:15" },
  { from: "docker.io/apache/kafka", to: "ed8k.local/kafka" },
  { from: "quay.io/acme/tool:1", to: "ed8k.local/tool@sha256:0a" },
  { from: "quay.io/acme/tool:2", to: "ed8k.local/tools" },
  { from: "ghcr.io/acme", to: "mirror.example.com/acme" },
];

describe("where images are taken from", () => {
  for (const [image, taken] of [
    ["postgres:17.6", "ed8k.local/postgres:15"],
    ["docker.io/library/postgres:17.6", "ed8k.local/postgres:15"],
    ["index.docker.io/library/postgres:17.6", "ed8k.local/postgres:15"],
    ["postgres:17.6@sha256:00", "ed8k.local/postgres:15"],
    ["quay.io/acme/tool:1@sha256:00", "ed8k.local/tool@sha256:0a"],
    ["quay.io/acme/tool:2@sha256:00", "ed8k.local/tools@sha256:00"],
    ["postgres:17.60", "mirror.example.com/hub/library/postgres:17.60"],
    ["postgres", "mirror.example.com/hub/library/postgres"],
    ["apache/kafka:4.1.0", "ed8k.local/kafka:4.1.0"],
    ["apache/kafka@sha256:00", "ed8k.local/kafka@sha256:00"],
    ["apache/kafka-native:4.1.0", "mirror.example.com/hub/apache/kafka-native:4.1.0"],
    ["ghcr.io/acme/bos:1", "mirror.example.com/acme/bos:1"],
    ["ghcr.io/acme-evil/bos:1", "ghcr.io/acme-evil/bos:1"],
    ["docker.io.evil.example.com/x:1", "docker.io.evil.example.com/x:1"],
    ["registry:5000/bos:1", "registry:5000/bos:1"],
    ["localhost/bos", "localhost/bos"],
  ] as const) {
    it(`of ${image} is ${taken}`, () => assert.equal(rewriteImage(image, RULES), taken));
  }

  it("stays as it is written without rules", () => {
    fc.assert(fc.property(reference, (image) => rewriteImage(image, []) === image));
  });

  it("does not depend on the order of the rules", () => {
    fc.assert(
      fc.property(reference, fc.shuffledSubarray([...RULES], { minLength: RULES.length }), (image, rules) => {
        assert.equal(rewriteImage(image, rules), rewriteImage(image, RULES));
      }),
    );
  });

  it("is the same when asked again, where no rule leads to what another begins with", () => {
    fc.assert(
      fc.property(reference, (image) => {
        const taken = rewriteImage(image, RULES);
        assert.equal(rewriteImage(taken, RULES), taken);
      }),
    );
  });

  it("changes for exactly the images that begin with a rule's prefix and go on at a boundary", () => {
    fc.assert(
      fc.property(reference, (image) => {
        const full = fullImage(image);
        const isMeant = RULES.some(({ from }) => {
          const bare = from.replace(/\/$/, "");
          if (full === bare) return from === bare;
          const next = full.startsWith(bare) ? (full[bare.length] ?? "") : "";
          return from.endsWith("/") ? next === "/" : next !== "" && "/:@".includes(next);
        });
        assert.equal(rewriteImage(image, RULES) !== image, isMeant, full);
      }),
    );
  });
});

/** References like those that charts write, many of them near to the rules. */
const reference = fc
  .tuple(
    fc.constantFrom("", "docker.io/", "index.docker.io/", "ghcr.io/", "docker.io.example.com/", "registry:5000/"),
    fc.array(fc.constantFrom("library", "postgres", "apache", "kafka", "kafka-native", "acme", "acme-evil", "bos"), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.constantFrom("", ":17.6", ":17.60", ":17", ":4.1.0", "@sha256:00", ":17.6@sha256:00"),
  )
  .map(([registry, path, version]) => `${registry}${path.join("/")}${version}`);

describe("the beginning of images' references", () => {
  for (const good of [
    ...["docker.io/", "docker.io/library/postgres", "docker.io/library/", "docker.io/library/postgres:17.6"],
    ...["ghcr.io/acme", "registry:5000/", "registry:5000/a/b:1", "localhost/x", "quay.io/x/y@sha256:0a"],
  ]) {
    it(`is good as ${good}`, () => assert.equal(imagePrefixProblem(good), undefined));
  }

  for (const [bad, problem] of [
    ["", "is empty; it is an image in full, such as docker.io/library/postgres, or a registry, such as ghcr.io/"],
    ["postgres:17", "is not in full form: it is docker.io/library/postgres:17"],
    ["bitnami/redis", "is not in full form: it is docker.io/bitnami/redis"],
    ["library/", "is not in full form: it is docker.io/library/"],
    ["index.docker.io/", "is not in full form: it is docker.io/"],
    ["docker.io", "is not in full form: it is docker.io/library/docker.io, or docker.io/ for all below it"],
    [
      "docker.io/bitnami",
      "is not in full form: it is docker.io/library/bitnami, or docker.io/bitnami/ for all below it",
    ],
    ["docker.io/postgres:17", "is not in full form: it is docker.io/library/postgres:17"],
    ...["https://ghcr.io/acme", "ghcr.io/acme bos", "ghcr.io//x", "ghcr.io/x:", "/x"].map(
      (text) =>
        [
          text,
          "is neither an image, such as docker.io/library/postgres:17, nor the beginning of some, such as ghcr.io/acme/",
        ] as const,
    ),
  ] as const) {
    it(`is refused as "${bad}"`, () => assert.equal(imagePrefixProblem(bad), problem));
  }
});

describe("images of charts", () => {
  const pod = (lists: string): string => `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec: { ${lists} }\n`;
  const options = { facts: { ...facts, images: RULES } };
  const lists =
    "initContainers: [{ name: a, image: postgres:17.6 }], containers: [{ name: b, image: apache/kafka:4 }, { name: c, image: quay.io/x:1 }], ephemeralContainers: [{ name: d, image: postgres:17.6 }]";

  it("are taken from where the cluster says, in every list of containers", () => {
    const { spec } = bentObject(pod(lists), options) as unknown as Record<"spec", Record<string, unknown>>;
    assert.deepEqual(spec["initContainers"], [{ name: "a", image: "ed8k.local/postgres:15" }]);
    assert.deepEqual(spec["containers"], [
      { name: "b", image: "ed8k.local/kafka:4" },
      { name: "c", image: "quay.io/x:1" },
    ]);
    assert.deepEqual(spec["ephemeralContainers"], [{ name: "d", image: "ed8k.local/postgres:15" }]);
  });

  it("are told once each, however many containers run them", () => {
    assert.deepEqual(notesOf(`${pod(lists)}---\n${pod(lists).replace("name: web", "name: api")}`, options), [
      "bent: the image postgres:17.6 becomes ed8k.local/postgres:15",
      "bent: the image apache/kafka:4 becomes ed8k.local/kafka:4",
    ]);
  });

  it("stay as they are written, and untold, where no rule is about them", () => {
    assert.deepEqual(
      bentObject(pod(lists), { facts: { ...facts, images: [{ from: "x.io/", to: "y.io/" }] } }),
      bentObject(pod(lists)),
    );
    assert.deepEqual(notesOf(pod(lists)), []);
  });

  it("are taken from there for volumes as well", () => {
    const volumes = "volumes: [{ name: v, image: { reference: postgres:17.6, pullPolicy: Always } }, { name: w }]";
    const { spec } = bentObject(pod(`${volumes}, containers: [{ name: b, image: x }]`), {
      facts: { ...facts, images: RULES.slice(1, 2) },
    }) as unknown as Record<"spec", Record<string, unknown>>;
    assert.deepEqual(spec["volumes"], [
      { name: "v", image: { reference: "ed8k.local/postgres:15", pullPolicy: "Always" } },
      { name: "w" },
    ]);
    assert.deepEqual(notesOf(pod(volumes), options), ["bent: the image postgres:17.6 becomes ed8k.local/postgres:15"]);
  });

  it("are refused for volumes as the cluster would", () => {
    const text = pod("").replace("{  }", "\n  volumes:\n  - { name: v, image: { reference: quay.io/acme/data:1 } }");
    const of = (allowed: string) => faultsOf(text, { facts: { ...facts, allowedRegistries: [allowed] } });
    assert.deepEqual(of("quay.io/acme/"), []);
    assert.deepEqual(of("ghcr.io/"), [
      'services/bos/templates/all.yaml:6: Pod "web" mounts the image "quay.io/acme/data:1"; allowed are images from ghcr.io/ [images]',
    ]);
  });

  it("are allowed or refused as they are taken, which is what the cluster sees", () => {
    const only = (allowed: string) => ({ facts: { ...options.facts, allowedRegistries: [allowed] } });
    const text = pod("").replace("{  }", "\n  containers:\n  - { name: b, image: postgres:17.6 }");
    assert.deepEqual(faultsOf(text, only("ed8k.local/")), []);
    assert.deepEqual(faultsOf(text, only("docker.io/library/")), [
      'services/bos/templates/all.yaml:6: Pod "web" runs the image "docker.io/library/postgres:17.6", which becomes "ed8k.local/postgres:15"; allowed are images from docker.io/library/ [images]',
    ]);
    assert.match(JSON.stringify(bentObject(text, only("ed8k.local/"))), /"image":"ed8k.local\/postgres:15"/);
  });
});
