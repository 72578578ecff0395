import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { identifyProcess } from "../../../../../sandbox/machine/processes.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";
import { cleanUp, scratchFolder } from "../../scratch.js";

describe("a plugin whose engine is killed", () => {
  afterEach(cleanUp);

  it("ends by itself, after it has ended what it started", async () => {
    const folder = scratchFolder();
    const [started, ended] = [join(folder, "started"), join(folder, "ended")];
    const code = `
      import { writeFileSync } from "node:fs";
      import { exitWithParent } from "./sandbox/providers/plugin/parent.ts";
      exitWithParent(() => writeFileSync(${JSON.stringify(ended)}, ""));
      setInterval(() => undefined, 1000);
      writeFileSync(${JSON.stringify(started)}, String(process.pid));`;
    const engine = spawn(
      "/bin/sh",
      ["-c", '"$0" --import tsx --input-type=module -e "$1"; true', process.execPath, code],
      {
        cwd: checkoutRoot(),
        stdio: "ignore",
      },
    );
    while (!existsSync(started) || readFileSync(started, "utf8") === "") await pause(20);
    const plugin = Number(readFileSync(started, "utf8"));
    assert.notEqual(identifyProcess(plugin), undefined);
    engine.kill("SIGKILL");
    await once(engine, "exit");
    while (identifyProcess(plugin) !== undefined) await pause(20);
    assert.equal(existsSync(ended), true);
  });
});
