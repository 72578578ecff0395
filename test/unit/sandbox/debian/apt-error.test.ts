import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApt } from "../../../../sandbox/debian/apt.js";
import { distribution } from "../../../../sandbox/debian/apt-error.js";
import { closureOf } from "../../../../sandbox/debian/packages.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../scratch.js";
import { type FakeApt, fakeApt } from "./fake-apt.js";

const UNREACHABLE =
  "W: Failed to fetch http://deb.example/dists/x/InRelease  Temporary failure resolving 'deb.example'";

const CASES: readonly (readonly [what: string, apt: FakeApt, message: string])[] = [
  [
    "a package is unknown",
    {
      error: { verb: "install", stderr: "E: Unable to locate package redis-server\nE: Unable to locate package jq\n" },
    },
    "DISTRIBUTION has no package redis-server, jq, which the sandbox's real nodes need",
  ],
  [
    "a package has another version",
    { error: { verb: "install", stderr: "E: Version '5:7.0.*' for 'redis-server' was not found\n" } },
    "DISTRIBUTION has no package redis-server (5:7.0.*), which the sandbox's real nodes need",
  ],
  [
    "a package is unknown because its list could not be fetched",
    { update: { stderr: UNREACHABLE }, error: { verb: "install", stderr: "E: Unable to locate package jq\n" } },
    `apt-get could not reach the host's package sources: ${UNREACHABLE.slice(3)}`,
  ],
  [
    "a package cannot be fetched",
    { error: { verb: "install", stderr: "E: Failed to fetch http://deb.example/a.deb  503  Service Unavailable\n" } },
    "apt-get could not reach the host's package sources: Failed to fetch http://deb.example/a.deb  503  Service Unavailable",
  ],
  [
    "a package is not there any more",
    {
      error: {
        verb: "install",
        stderr:
          "E: Failed to fetch http://deb.example/a.deb  404  Not Found [IP: 192.0.2.1 80]\nE: Unable to fetch some archives\n",
      },
    },
    "the host's package sources lack what their lists name: Failed to fetch http://deb.example/a.deb  404  Not Found [IP: 192.0.2.1 80]",
  ],
  [
    "a source has no such distribution",
    {
      error: {
        verb: "update",
        stderr: "E: The repository 'http://deb.example/debian nosuch Release' does not have a Release file.\n",
      },
    },
    "the host's package sources lack what their lists name: The repository 'http://deb.example/debian nosuch Release' does not have a Release file.",
  ],
  [
    "a source is signed with a key that the host has not",
    {
      error: {
        verb: "update",
        stderr:
          "W: GPG error: http://deb.example x InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0\nE: The repository 'http://deb.example x InRelease' is not signed.\n",
      },
    },
    "apt-get does not trust the host's package sources: GPG error: http://deb.example x InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY 6ED0",
  ],
  [
    "a package is another than its list says",
    { error: { verb: "install", stderr: "E: Failed to fetch http://deb.example/a.deb  Hash Sum mismatch\n" } },
    "apt-get does not trust the host's package sources: Failed to fetch http://deb.example/a.deb  Hash Sum mismatch",
  ],
  [
    "the disk is full",
    { error: { verb: "install", stderr: "E: Write error - write (28: No space left on device)\n" } },
    "the disk of FOLDER is full: stopped looking up packages",
  ],
  [
    "anything else fails",
    { error: { verb: "install", stderr: "E: The value 'x' is invalid\n" } },
    "stopped looking up packages: apt-get ended with code 100: E: The value 'x' is invalid",
  ],
];

describe("what keeps apt-get from working", () => {
  let bin: string;
  let folder: string;
  beforeEach(() => {
    bin = join(scratchFolder(), "bin");
    mkdirSync(bin);
    folder = join(bin, "..", "apt");
  });
  afterEach(cleanUp);

  for (const [what, apt, message] of CASES) {
    it(`says in one sentence that ${what}`, async () => {
      setEnv({ PATH: `${bin}:/usr/bin:/bin` });
      fakeApt(bin, apt);
      const error = await errorOf(async () => closureOf(await openApt(folder, { report: () => undefined }), ["jq"]));
      assert.equal(error.name, "UserError");
      assert.equal(error.message.replace(folder, "FOLDER").replace(distribution(), "DISTRIBUTION"), message);
    });
  }

  it("says that there is no apt-get, and what to do", async () => {
    setEnv({ PATH: bin });
    const error = await errorOf(() => openApt(folder, { report: () => undefined }));
    assert.equal(error.message, "apt-get is not on PATH: the sandbox's real nodes are made from Debian packages");
  });

  it("names the distribution by its own words", () => {
    const file = join(bin, "os-release");
    writeFileSync(file, 'NAME="x"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n');
    assert.equal(distribution(file), "Debian GNU/Linux 12 (bookworm)");
    assert.equal(distribution(join(bin, "none")), "this distribution");
  });
});
