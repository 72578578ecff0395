import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../paths.js";
import { filesBelow, putCopy, putFolder, putLink } from "../tree.js";
import type { LayerDefinition } from "../definition.js";

export interface Overlay {
  readonly name: string;
  /** Folders of the checkout, by the folder of the image that their files come to. */
  readonly copies: Readonly<Record<string, string>>;
  /** Targets of symbolic links, by path. */
  readonly links?: Readonly<Record<string, string>>;
  /** Modes of folders, by path. */
  readonly folders?: Readonly<Record<string, number>>;
}

/** The layer of an image that is ED8K's own: scripts, sources, links. Files that name an interpreter are executable. */
export function overlayLayer({ name, copies, links = {}, folders = {} }: Overlay): LayerDefinition {
  return {
    name: `${name}-files`,
    sources: Object.values(copies),
    facts: [JSON.stringify({ copies, links, folders })],
    fill: (root) => {
      for (const [path, source] of Object.entries(copies)) copyTree(join(checkoutRoot(), source), root, path);
      for (const [path, mode] of Object.entries(folders)) putFolder(root, path, mode);
      for (const [path, target] of Object.entries(links)) putLink(root, path, target);
      return Promise.resolve();
    },
  };
}

function copyTree(source: string, root: string, path: string): void {
  for (const relative of filesBelow(source)) {
    const file = join(source, relative);
    const isProgram = readFileSync(file).subarray(0, 2).toString("latin1") === "#!";
    putCopy(root, join(path, relative), { file, mode: isProgram ? 0o755 : 0o644 });
  }
}
