import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Apt, openApt } from "../../../../sandbox/debian/apt.js";
import { closureOf, downloadPackages, parseSimulation } from "../../../../sandbox/debian/packages.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../scratch.js";
import { fakeApt } from "./fake-apt.js";

const SIMULATED = `Inst libc6 (2.36-9+deb12u14 Debian:12.14/oldstable [amd64]) []
Inst zlib1g:amd64 (1:1.2.13.dfsg-1 Debian:12.14/oldstable [amd64])
Inst tzdata [2025a-0] (2026c-0+deb12u1 Debian:12.14/oldstable, Debian:12-updates/oldstable-updates [all])
Conf libc6 (2.36-9+deb12u14 Debian:12.14/oldstable [amd64])
`;
const PACKAGES = [
  { name: "libc6", version: "2.36-9+deb12u14", architecture: "amd64" },
  { name: "tzdata", version: "2026c-0+deb12u1", architecture: "all" },
  { name: "zlib1g", version: "1:1.2.13.dfsg-1", architecture: "amd64" },
];

describe("Debian packages", () => {
  let bin: string;
  let folder: string;
  const open = (): Promise<Apt> => openApt(folder, { report: () => undefined });

  beforeEach(() => {
    bin = join(scratchFolder(), "bin");
    mkdirSync(bin);
    folder = join(bin, "..", "apt");
    setEnv({ PATH: `${bin}:/usr/bin:/bin` });
  });
  afterEach(cleanUp);

  it("reads what apt-get would install: names, versions with epochs, architectures; sorted", () => {
    assert.deepEqual(parseSimulation(SIMULATED), PACKAGES);
    assert.deepEqual(parseSimulation("Reading package lists...\n"), []);
  });

  it("resolves what is needed by apt-get, but nothing where nothing is asked for", async () => {
    const calls = fakeApt(bin, { simulate: SIMULATED });
    const apt = await open();
    assert.deepEqual(await closureOf(apt, ["tzdata", "redis=5:7.0.*"]), PACKAGES);
    assert.deepEqual(await closureOf(apt, []), []);
    assert.deepEqual(readFileSync(calls, "utf8").trim().split("\n"), [
      "update",
      "--simulate --quiet install -- tzdata redis=5:7.0.*",
    ]);
  });

  describe("downloads", () => {
    const FILES = [
      "tzdata_2026c-0+deb12u1_all.deb",
      "libc6_2.36-9+deb12u14_amd64.deb",
      "zlib1g_1%3a1.2.13.dfsg-1_amd64.deb",
    ];
    const [libc, tzdata, zlib] = PACKAGES;
    assert.ok(libc !== undefined && tzdata !== undefined && zlib !== undefined);
    const wanted = [tzdata, libc, zlib];
    const asked = (calls: string): readonly string[] => readFileSync(calls, "utf8").trim().split("\n").slice(1);
    const file = (name = ""): string => join(folder, "whole", name);

    it("exact versions, only those that are not there, and gives the files in the order asked for", async () => {
      const calls = fakeApt(bin);
      const apt = await open();
      assert.deepEqual(await downloadPackages(apt, [tzdata, libc]), FILES.slice(0, 2).map(file));
      assert.deepEqual(await downloadPackages(apt, wanted), FILES.map(file));
      assert.deepEqual(await downloadPackages(apt, wanted), FILES.map(file));
      assert.deepEqual(readdirSync(join(folder, "whole")), FILES.toSorted());
      assert.deepEqual(asked(calls), [
        "--quiet download -- tzdata=2026c-0+deb12u1 libc6:amd64=2.36-9+deb12u14",
        "--quiet download -- zlib1g:amd64=1:1.2.13.dfsg-1",
      ]);
    });

    it("again what an apt-get that was stopped left in part", async () => {
      fakeApt(bin, { error: { verb: "download", stderr: "E: stopped" } });
      const apt = await open();
      await errorOf(() => downloadPackages(apt, wanted));
      fakeApt(bin);
      for (const path of await downloadPackages(apt, wanted)) assert.equal(readFileSync(path, "utf8"), "deb", path);
    });
  });

  it("writes nothing outside its folder, and runs none of the host's hooks", async () => {
    fakeApt(bin);
    await open();
    const lines = readFileSync(join(folder, "apt.conf"), "utf8").trim().split("\n");
    const places = lines.filter((line) => line.startsWith("Dir::") && line.includes("/"));
    assert.deepEqual(places, [
      `Dir::State "${folder}/state";`,
      `Dir::State::status "${folder}/status";`,
      `Dir::State::lists "${folder}/state/lists";`,
      `Dir::Cache "${folder}/cache";`,
      `Dir::Log "${folder}/log";`,
    ]);
    for (const hook of ["APT::Update::Post-Invoke", "APT::Update::Post-Invoke-Success", "DPkg::Post-Invoke"]) {
      assert.ok(lines.includes(`#clear ${hook};`), hook);
    }
    assert.equal(readFileSync(join(folder, "status"), "utf8"), "");
  });
});
