import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { distribution } from "../../debian/apt-error.js";
import { checkoutRoot } from "../../paths.js";
import { filesBelow } from "../tree.js";
import type { ImageDefinition, LayerDefinition } from "../definition.js";

/** The code that turns definitions into images; what it makes of the same definition may change with it. */
const CODE = ["sandbox/debian", "sandbox/images"];
/** Parts of the code's folders that belong to single images, whose layers name them as sources. */
const PARTS = ["files/", "content/"];

const DIGITS = 12;

/** What names a layer in the cache: it follows from all that decides the content but the versions of Debian packages. */
export function layerKey(layer: LayerDefinition, code: string): string {
  const { name, packages, facts = [], sources } = layer;
  return short(
    code,
    JSON.stringify({ name, packages, facts }),
    ...sources.map((source) => hashSource(source, checkoutRoot())),
  );
}

/** What names an image in the cache. */
export function imageKey({ reference, config, layers }: ImageDefinition, code: string): string {
  return short(JSON.stringify({ reference, config }), ...layers.map((layer) => layerKey(layer, code)));
}

/** What holds for every layer: the code with the definitions, the machine's distribution and its architecture. */
export function commonKey(root = checkoutRoot()): string {
  return short(...CODE.map((source) => hashSource(source, root)), distribution(), process.arch);
}

/** A file's content, or the paths and contents of all files in a folder. */
function hashSource(source: string, root: string): string {
  const path = join(root, source);
  const hash = createHash("sha256").update(source);
  if (!statSync(path).isDirectory()) return hash.update(readFileSync(path)).digest("hex");
  const isCode = CODE.includes(source);
  for (const file of filesBelow(path)) {
    if (isCode && PARTS.some((part) => file.startsWith(part))) continue;
    hash.update(`\0${file}\0`).update(readFileSync(join(path, file)));
  }
  return hash.digest("hex");
}

function short(...parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, DIGITS);
}
