import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { rewriteImage } from "../../../../environments/bend/images.js";
import { IMAGE_RULES, images } from "../../../../sandbox/images/images.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { VERSIONS } from "../../../../versions.js";

function imageOf(service: string): string {
  const values = readFileSync(join(checkoutRoot(), "services", service, "values.yaml"), "utf8");
  const { image } = parse(values) as { readonly image: { readonly repository: string; readonly tag: string } };
  return `${image.repository}:${image.tag}`;
}

describe("what a sandbox without a registry runs", () => {
  const { postgres, redis, kafka } = VERSIONS.images;
  const named = ["bos", "fxsuite", "toolbox"].map(imageOf);
  for (const image of [...named, ...Object.values(postgres), ...Object.values(redis), kafka]) {
    it(`has ${image} or what stands in for it`, () => {
      const made = images().map(({ reference }) => reference);
      const taken = rewriteImage(image, IMAGE_RULES);
      assert.ok(made.includes(taken), `${taken} is none of ${made.join(", ")}`);
    });
  }

  it("has no rule for an image that nothing names, nor one that leads to nothing", () => {
    const all = [...named, ...Object.values(postgres), ...Object.values(redis), kafka];
    const made = images().map(({ reference }) => reference);
    assert.deepEqual(
      IMAGE_RULES.filter(({ from, to }) => !all.includes(from) || !made.includes(to)),
      [],
    );
  });

  it("has all kinds of images that ED8K names", () => {
    assert.deepEqual(Object.keys(VERSIONS.images), ["postgres", "redis", "kafka"]);
  });
});
