import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RealNodeSettings } from "../../../records/settings.js";
import { CONTAINERD_SOCKET } from "../programs/containerd.js";
import { programEnvironment } from "../programs/program-environment.js";

type Image = RealNodeSettings["images"][number];

interface Import {
  readonly node: Pick<RealNodeSettings, "programs" | "images">;
  /** Words before a command that make it run in the node. */
  readonly within: readonly string[];
}

/** At once: unpacking is bound by the processors. */
const PARALLEL = 2;

/** Brings the images that the sandbox has made into the node's containerd, unless they are there. */
export async function importImages({ node, within }: Import): Promise<void> {
  const ctr = async (...args: readonly string[]): Promise<string> => {
    const [command = "", ...words] = [...within, node.programs.ctr, `--address=${CONTAINERD_SOCKET}`, ...args];
    const env = { ...programEnvironment(node.programs) };
    return (await promisify(execFile)(command, words, { env, maxBuffer: 16 * 1024 ** 2 })).stdout;
  };
  const waiting = missingImages(node.images, await ctr("--namespace=k8s.io", "images", "list"));
  const work = async (): Promise<void> => {
    for (let image = waiting.shift(); image !== undefined; image = waiting.shift()) {
      await ctr("--namespace=k8s.io", "images", "import", image.archive);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/** Those that `ctr images list` does not show with their name and their digest. */
export function missingImages(images: readonly Image[], listed: string): Image[] {
  const there = new Set(
    listed
      .split("\n")
      .map((row) => row.split(/\s+/))
      .map(([name, , digest]) => `${name} ${digest}`),
  );
  return images.filter(({ reference, digest }) => !there.has(`${reference} ${digest}`));
}
