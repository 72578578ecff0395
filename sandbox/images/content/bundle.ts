import { join } from "node:path";
import { checkoutRoot } from "../../paths.js";
import { putFile } from "../tree.js";

/** As the program's own build in its package.json. */
export const BUNDLE = {
  bundle: true,
  platform: "node",
  target: "node20",
  // CommonJS, as its packages are.
  format: "cjs",
} as const;

/** Puts a program of the checkout, with all that it imports, into an image as one file. */
export async function putBundle(root: string, path: string, source: string): Promise<void> {
  // Loaded only when a bundle is made: every command would wait for it else.
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(checkoutRoot(), source)],
    absWorkingDir: checkoutRoot(),
    ...BUNDLE,
    write: false,
    logLevel: "silent",
  });
  putFile(root, path, { content: outputFiles.map(({ text }) => text).join("") });
}
