import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { packagesIn } from "../../../../sandbox/images/definitions/bos.js";
import { IMAGE_RULES, images } from "../../../../sandbox/images/images.js";
import { filesBelow } from "../../../../sandbox/images/tree.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";

describe("the images that need no registry", () => {
  it("are these, with how they are run", () => {
    assert.deepEqual(
      images().map(({ reference, config: { User = "0", Entrypoint = [], Cmd = [], StopSignal = "SIGTERM" } }) =>
        [reference, User, [...Entrypoint, ...Cmd].join(" "), StopSignal].join(" | "),
      ),
      [
        "ghcr.io/ed8k/bos:0.1.0 | 10001 | bos web | SIGTERM",
        "ed8k.local/kafka:4.1.0 | 1000 | /opt/kafka/bin/kafka-start.sh | SIGTERM",
        "ed8k.local/postgres:15 | 0 | /usr/local/bin/postgres-entrypoint postgres | SIGINT",
        "ed8k.local/tools:1 | 10001 | /bin/bash | SIGTERM",
        "ghcr.io/ed8k/fxsuite:0.1.0 | 10001 | node /app/main.js | SIGTERM",
        "ed8k.local/redis:7.0 | 0 | /usr/local/bin/redis-entrypoint valkey-server | SIGTERM",
        "ed8k.local/pause:1 | 65535:65535 | /usr/bin/catatonit -P | SIGINT",
      ],
    );
  });

  it("stand in for the upstream images that charts and drivers name", () => {
    assert.deepEqual(IMAGE_RULES, [
      { from: "docker.io/library/postgres:15.14", to: "ed8k.local/postgres:15" },
      { from: "docker.io/library/postgres:16.10", to: "ed8k.local/postgres:15" },
      { from: "docker.io/library/postgres:17.6", to: "ed8k.local/postgres:15" },
      { from: "docker.io/library/postgres:18.0", to: "ed8k.local/postgres:15" },
      { from: "docker.io/valkey/valkey:7.2.11", to: "ed8k.local/redis:7.0" },
      { from: "docker.io/valkey/valkey:8.1.4", to: "ed8k.local/redis:7.0" },
      { from: "docker.io/apache/kafka:4.1.0", to: "ed8k.local/kafka:4.1.0" },
      { from: "docker.io/nicolaka/netshoot:v0.13", to: "ed8k.local/tools:1" },
    ]);
  });

  it("have a layer of one name only once, and sources that are there", () => {
    const layers = new Map(images().flatMap(({ layers }) => layers.map((layer) => [layer.name, layer])));
    for (const layer of images().flatMap((image) => image.layers)) {
      assert.deepEqual(JSON.stringify(layer), JSON.stringify(layers.get(layer.name)), layer.name);
      for (const source of layer.sources) assert.ok(existsSync(join(checkoutRoot(), source)), source);
    }
  });

  it("are made anew when a part of their content changes: each is a source of a layer", () => {
    const sources = images().flatMap(({ layers }) => layers.flatMap((layer) => layer.sources));
    const parts = filesBelow(join(checkoutRoot(), "sandbox/images/content"));
    assert.deepEqual(
      parts.map((part) => `sandbox/images/content/${part}`).filter((part) => !sources.includes(part)),
      [],
    );
  });

  it("have scripts that can be run, each with an interpreter of the base layer", () => {
    const folder = join(checkoutRoot(), "sandbox/images/files");
    const scripts = filesBelow(folder).filter((file) => !/\.(json|properties)$/.test(file));
    assert.deepEqual(scripts, [
      "kafka/opt/kafka/bin/kafka-start.sh",
      "kafka/opt/kafka/bin/kafka-tool.sh",
      "postgres/usr/local/bin/postgres-entrypoint",
      "redis/usr/local/bin/redis-entrypoint",
    ]);
    for (const script of scripts) {
      const file = join(folder, script);
      assert.match(readFileSync(file, "utf8"), /^#!\/bin\/(ba)?sh\n/, script);
      assert.equal(statSync(file).mode & 0o111, 0o111, script);
    }
  });

  it("read BOS' packages as xargs does in its Dockerfile: word by word, without comments", () => {
    assert.deepEqual(packagesIn("python3\n\n  gunicorn # web\n"), ["python3", "gunicorn", "#", "web"]);
    const names = packagesIn(readFileSync(join(checkoutRoot(), "services/bos/packages.txt"), "utf8"));
    assert.deepEqual(
      names.filter((name) => !/^[a-z0-9][a-z0-9.+-]+$/.test(name)),
      [],
    );
  });

  it("pin every jar of Kafka's by its hash", () => {
    const lock = JSON.parse(readFileSync(join(checkoutRoot(), "sandbox/images/files/kafka.lock.json"), "utf8")) as {
      readonly jars: readonly { readonly path: string; readonly sha256: string; readonly size: number }[];
    };
    const names = lock.jars.map(({ path }) => path.split("/").at(-1));
    assert.ok(names.includes("kafka_2.13-4.1.0.jar") && names.includes("kafka-tools-4.1.0.jar"));
    assert.equal(new Set(names).size, names.length);
    for (const { path, sha256, size } of lock.jars) {
      assert.match(sha256, /^[0-9a-f]{64}$/, path);
      assert.ok(size > 0, path);
    }
  });
});
