import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess } from "../../../../../../sandbox/machine/processes.js";
import { unpackImages } from "../../../../../../sandbox/nodes/real/images/unpacked-images.js";
import type { Work } from "../../../../../../sandbox/tools/cache.js";
import { cleanUp, program, scratchFolder, setEnv } from "../../../scratch.js";
import { until } from "../../../jobs/sockets.js";

describe("unpacking images", () => {
  let folder: string;
  let bin: string;
  beforeEach(() => {
    folder = scratchFolder();
    bin = join(folder, "bin");
    setEnv({ PATH: `${bin}:/usr/bin:/bin` });
  });
  afterEach(cleanUp);

  const containerdOf = (path: string, version: string): string =>
    program(join(bin, path), `echo containerd ${version}`);

  const unpack = (containerd: string, signal?: Work["signal"]): Promise<string> =>
    unpackImages({ programs: { containerd, ctr: "/ctr", path: bin, cni: "/cni" }, images: [] }, join(folder, "cache"), {
      report: () => undefined,
      signal,
    });

  it("is done anew for another version of containerd, wherever that is", async () => {
    program(join(bin, "unshare"), 'mkdir "$ROOT"');
    const first = await unpack(containerdOf("containerd", "1.6.20"));
    assert.equal(await unpack(containerdOf("other/containerd", "1.6.20")), first);
    assert.notEqual(await unpack(containerdOf("containerd", "1.6.21")), first);
  });

  it("leaves no process when somebody stops it", async () => {
    // As unshare is while its child runs: asked to end, it does not.
    program(join(bin, "unshare"), 'trap "" TERM; echo $$ > "$0.part"; mv "$0.part" "$0.pid"; exec sleep 20');
    const stop = new AbortController();
    const rejected = assert.rejects(unpack(containerdOf("containerd", "1.6.20"), stop.signal), { name: "AbortError" });
    await until(() => existsSync(join(bin, "unshare.pid")));
    const pid = Number(readFileSync(join(bin, "unshare.pid"), "utf8"));
    assert.ok(identifyProcess(pid) !== undefined);
    stop.abort();
    await rejected;
    await until(() => identifyProcess(pid) === undefined);
  });
});
