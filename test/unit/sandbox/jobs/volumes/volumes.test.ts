import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Background } from "../../../../../sandbox/jobs/background.js";
import { at, type LiveObject } from "../../../../../kube/object.js";
import { startVolumes } from "../../../../../sandbox/jobs/volumes.js";
import { FakeApiServer } from "../../../kube/fake-api-server.js";
import { cleanUp, scratchFolder } from "../../scratch.js";
import { until } from "../sockets.js";
import { claim, NODE, UID, volume } from "./objects.js";

const NAME = `pvc-${UID}`;
const VOLUMES = "/api/v1/persistentvolumes";

describe("making volumes on a real node", () => {
  let server: FakeApiServer;
  let folder: string;
  let job: Background | undefined;
  const lines: string[] = [];
  beforeEach(async () => {
    server = await FakeApiServer.start();
    const verbs = ["create", "delete", "get", "list", "watch"];
    const plural = "persistentvolumes";
    server.kinds.push({ apiVersion: "v1", kind: "PersistentVolume", plural, namespaced: false, verbs });
    folder = join(scratchFolder(), "volumes");
    lines.length = 0;
  });
  afterEach(async () => {
    await stop();
    await server.stop();
    cleanUp();
  });

  async function start(): Promise<void> {
    const client = server.client();
    job = await startVolumes({
      node: NODE,
      folder,
      client: () => client,
      log: (line) => lines.push(line),
      retryMs: 20,
    });
  }
  async function stop(): Promise<void> {
    await job?.stop();
    job = undefined;
  }

  const nameOf = ({ metadata }: LiveObject): string => `pvc-${metadata.uid}`;
  const volumes = () => server.store.all().filter(({ kind }) => kind === "PersistentVolume");

  it("makes folder and volume for a claim, once, writable for any user", async () => {
    await start();
    const made = server.put(claim());
    await until(() => volumes().length === 1);
    const name = nameOf(made);
    assert.equal(volumes()[0]?.metadata.name, name);
    assert.deepEqual(at(volumes()[0]?.["spec"], "local"), { path: join(folder, name) });
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o777);
    server.put(claim({ metadata: { labels: { changed: "yes" } } }));
    server.put(claim({ metadata: { name: "other" } }));
    await until(() => volumes().length === 2);
    assert.deepEqual(
      server.calls().filter((call) => call.startsWith("POST")),
      [`POST ${VOLUMES}`, `POST ${VOLUMES}`],
    );
    assert.deepEqual(lines, []);
  });

  it("does at the start what was left undone, whatever the last run had done of it", async () => {
    const own = join(folder, nameOf(server.put(claim())));
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "kept"), "");
    chmodSync(own, 0o2777);
    await start();
    await until(() => volumes().length === 1);
    assert.deepEqual(readdirSync(own), ["kept"]);
    assert.equal(statSync(own).mode & 0o7777, 0o2777);
  });

  it("removes folder and volume once the claim is gone, and nothing beside it", async () => {
    mkdirSync(join(folder, NAME, "deep"), { recursive: true });
    writeFileSync(join(folder, "beside"), "");
    symlinkSync(folder, join(folder, NAME, "deep", "up"));
    server.put(volume(folder, { phase: "Bound" }));
    await start();
    await until(() => server.watches.size === 2);
    server.put(volume(folder, { phase: "Released" }));
    await until(() => volumes().length === 0);
    assert.deepEqual(readdirSync(folder), ["beside"]);
  });

  it("removes a volume whose folder is gone already", async () => {
    server.put(volume(folder, { phase: "Released" }));
    await start();
    await until(() => volumes().length === 0);
  });

  it("tries again what has failed, tells it once, and does the rest meanwhile", async () => {
    server.fail({
      when: ({ method, path }) => method === "DELETE" && path.startsWith(VOLUMES),
      times: 3,
      answer: 500,
      body: { message: "etcd is away" },
    });
    server.put(volume(folder, { phase: "Released" }));
    const name = nameOf(server.put(claim()));
    await start();
    await until(() => existsSync(join(folder, name)));
    await until(
      () =>
        volumes()
          .map(({ metadata }) => metadata.name)
          .join() === name,
    );
    await until(() => lines.length === 2);
    assert.deepEqual(lines, [`volumes: ${NAME} cannot be removed: etcd is away`, "volumes: works again"]);
  });

  it("tells that a folder cannot be made, and makes no volume without one", async () => {
    writeFileSync(folder, "a file is in the way");
    const name = nameOf(server.put(claim()));
    await start();
    await until(() => lines.length === 1);
    assert.match(lines[0] ?? "", new RegExp(`^volumes: ${name} cannot be made: E(NOTDIR|EXIST): `));
    assert.deepEqual(volumes(), []);
  });

  it("does nothing more once it is stopped", async () => {
    await start();
    await until(() => server.watches.size === 2);
    await stop();
    server.put(claim());
    await new Promise((done) => setTimeout(done, 50));
    assert.deepEqual(volumes(), []);
    assert.equal(existsSync(folder), false);
  });
});
