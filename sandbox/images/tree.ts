import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";

/** Modes are given in full, because those of mkdir and open depend on the user's umask. */
const FOLDER_MODE = 0o755;

/** Makes a folder of an image, and those above it. */
export function putFolder(root: string, path: string, mode = FOLDER_MODE): void {
  const folder = join(root, path);
  if (!existsSync(folder)) {
    if (folder !== root) putFolder(root, dirname(relative(root, folder)));
    mkdirSync(folder);
  }
  if (folder !== root) chmodSync(folder, mode);
}

export interface FileContent {
  readonly content: string | Buffer;
  /** As in chmod. @default 0o644 */
  readonly mode?: number;
}

/** Writes a file of an image, and the folders above it. */
export function putFile(root: string, path: string, { content, mode = 0o644 }: FileContent): void {
  putParent(root, path);
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

/** Makes a symbolic link of an image, in the place of what was there. */
export function putLink(root: string, path: string, target: string): void {
  putParent(root, path);
  rmSync(join(root, path), { force: true });
  symlinkSync(target, join(root, path));
}

/** Copies a file of this machine into an image. @param mode as in chmod */
export function putCopy(root: string, path: string, { file, mode }: { file: string; mode: number }): void {
  putParent(root, path);
  copyFileSync(file, join(root, path));
  chmodSync(join(root, path), mode);
}

function putParent(root: string, path: string): void {
  const parent = dirname(path);
  if (!existsSync(join(root, parent))) putFolder(root, parent);
}

/** Paths of all files below a folder, relative to it, sorted; what tools leave beside sources is no source. */
export function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".pyc"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !/(^|\/)(node_modules|__pycache__)\//.test(path))
    .sort();
}
