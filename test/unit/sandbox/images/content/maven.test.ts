import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join, relative } from "node:path";
import { type Jar, putJars, repositoryUrl } from "../../../../../sandbox/images/content/maven.js";
import { checkoutRoot } from "../../../../../sandbox/paths.js";
import { cleanUp, errorOf, scratchFolder, setEnv } from "../../scratch.js";

const CONTENT = "the jar";
const JAR: Jar = {
  path: "org/x/x/1/x-1.jar",
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
  size: CONTENT.length,
};

describe("jars of a lock", () => {
  let server: Server;
  let root: string;
  /** How often which path was asked for. */
  const asked: string[] = [];
  let answers: readonly (readonly [status: number, body: string])[];

  beforeEach(async () => {
    asked.length = 0;
    root = scratchFolder();
    server = createServer((request, response) => {
      const [status, body] = answers[Math.min(asked.length, answers.length - 1)] ?? [500, ""];
      asked.push(request.url ?? "");
      response.writeHead(status).end(body);
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    setEnv({ ED8K_MAVEN: `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/` });
  });
  afterEach(async () => {
    cleanUp();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const put = (jar: Jar): Promise<void> => {
    const lock = join(root, "lock.json");
    writeFileSync(lock, JSON.stringify({ jars: [jar] }));
    return putJars(root, { lock: relative(checkoutRoot(), lock), folder: "/libs" }, { report: () => undefined });
  };

  it("come from the mirror that ED8K_MAVEN names, else from Central", async () => {
    answers = [[200, CONTENT]];
    await put(JAR);
    assert.equal(readFileSync(join(root, "libs/x-1.jar"), "utf8"), CONTENT);
    assert.deepEqual(asked, ["/mirror/org/x/x/1/x-1.jar"]);
    assert.equal(repositoryUrl({}), "https://repo1.maven.org/maven2");
    assert.equal(repositoryUrl({ ED8K_MAVEN: "" }), "https://repo1.maven.org/maven2");
  });

  it("are asked for again after a passing failure, or when they were cut off", async () => {
    answers = [
      [503, ""],
      [200, CONTENT],
    ];
    await put(JAR);
    assert.equal(asked.length, 2);
    asked.length = 0;
    answers = [
      [200, "the"],
      [200, CONTENT],
    ];
    await put(JAR);
    assert.equal(asked.length, 2);
  });

  for (const [mirror, said] of [
    [
      "https://jo:s3cret@maven.example:8443/m",
      "ED8K_MAVEN names maven.example:8443 with a user or password, which is not supported",
    ],
    ["jo:s3cret@maven.example/m", "ED8K_MAVEN is no address that begins with http:// or https://"],
    ["maven.example/m", "ED8K_MAVEN is no address that begins with http:// or https://"],
  ] as const) {
    it(`come from no mirror like ${mirror}, whose password is not told`, async () => {
      setEnv({ ED8K_MAVEN: mirror });
      const error = await errorOf(() => put(JAR));
      assert.deepEqual([error.name, error.message], ["UserError", said]);
    });
  }

  for (const [what, answer, said] of [
    ["are not there", [404, ""], "HTTP 404 Not Found"],
    [
      "are others than the lock says",
      [200, "another"],
      `its SHA-256 is ${createHash("sha256").update("another").digest("hex")}, but ${JAR.sha256} is pinned`,
    ],
  ] as const) {
    it(`are refused at once when they ${what}`, async () => {
      answers = [answer];
      const error = await errorOf(() => put(JAR));
      assert.equal(error.name, "UserError");
      assert.equal(error.message, `${repositoryUrl()}/${JAR.path} cannot be had: ${said}`);
      assert.equal(asked.length, 1);
    });
  }
});
