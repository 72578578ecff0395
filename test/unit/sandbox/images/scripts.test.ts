import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkoutRoot } from "../../../../sandbox/paths.js";
import { cleanUp, program, scratchFolder } from "../scratch.js";

const FILES = join(checkoutRoot(), "sandbox/images/files");
const REDIS = join(FILES, "redis/usr/local/bin/redis-entrypoint");
const POSTGRES = join(FILES, "postgres/usr/local/bin/postgres-entrypoint");
const KAFKA = join(FILES, "kafka/opt/kafka/bin/kafka-start.sh");

if (process.platform === "linux") {
  describe("the images' scripts", () => {
    let bin: string;
    const run = (script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string =>
      execFileSync("bash", [script, ...args], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { PATH: `${bin}:/usr/bin:/bin`, ...env },
      });
    beforeEach(() => {
      bin = join(scratchFolder(), "bin");
      mkdirSync(bin);
    });
    afterEach(cleanUp);

    for (const [args, command] of [
      [["valkey-server", "--appendonly", "yes"], "valkey-server --appendonly yes --protected-mode no"],
      [["--appendonly", "yes"], "valkey-server --appendonly yes --protected-mode no"],
      [["valkey-server", "--protected-mode", "yes"], "valkey-server --protected-mode yes"],
      [["valkey-cli", "ping"], "valkey-cli ping"],
      [[], "valkey-server --protected-mode no"],
    ] as const) {
      it(`redis: "${args.join(" ")}" runs ${command}`, () => {
        for (const name of ["valkey-server", "valkey-cli"]) program(join(bin, name), 'echo "$(basename "$0") $*"');
        assert.equal(run(REDIS, args).trim(), command);
      });
    }

    describe("postgres", () => {
      let data: string;
      const start = (env: Readonly<Record<string, string>> = { POSTGRES_PASSWORD: "secret" }): string =>
        run(POSTGRES, ["postgres"], { PGDATA: data, POSTGRES_USER: "app", POSTGRES_DB: "books", ...env });

      beforeEach(() => {
        data = join(bin, "..", "data");
        program(join(bin, "id"), "echo 999");
        program(join(bin, "getent"), "true");
        // The image's is busybox', which knows less than the host's.
        program(
          join(bin, "ls"),
          'case "$*" in -A\\ [!-]*) exec /bin/ls "$@";; esac; echo "ls: invalid option" >&2; exit 1',
        );
        const initdb = `for word in "$@"; do case $word in --pgdata=*) new=\${word#*=};; --pwfile=*) word=$(cat "\${word#*=}");; esac; echo "$word" >> '${bin}/initdb.calls'; done
mkdir -p "$new/base"; echo 15 > "$new/PG_VERSION"; echo first > "$new/pg_hba.conf"; : > "$new/postgresql.conf"`;
        program(join(bin, "initdb"), initdb);
        program(join(bin, "postgres"), `case $1 in --single) cat >> '${bin}/sql';; *) echo "run $*";; esac`);
      });

      it("makes the database at the first start, and only then", () => {
        assert.match(start(), /^run/);
        assert.match(start(), /^run/);
        assert.deepEqual(readFileSync(join(bin, "initdb.calls"), "utf8").trim().split("\n"), [
          `--pgdata=${data}/.initializing/data`,
          "--username=app",
          "secret",
          "--encoding=UTF8",
          "--locale=C.UTF-8",
          "--auth-local=trust",
          "--auth-host=trust",
        ]);
        assert.equal(readFileSync(join(bin, "sql"), "utf8"), 'CREATE DATABASE "books";\n');
        assert.deepEqual(readdirSync(data).sort(), ["PG_VERSION", "base", "pg_hba.conf", "postgresql.conf"]);
        assert.equal(readFileSync(join(data, "pg_hba.conf"), "utf8"), "first\nhost all all all scram-sha-256\n");
        assert.equal(readFileSync(join(data, "postgresql.conf"), "utf8"), "listen_addresses = '*'\n");
      });

      it("begins anew when the first start was cut off", () => {
        mkdirSync(join(data, ".initializing", "data"), { recursive: true });
        mkdirSync(join(data, "half"));
        mkdirSync(join(data, "lost+found"));
        start();
        assert.equal(existsSync(join(data, "half")), false);
        assert.equal(existsSync(join(data, "lost+found")), true);
        assert.equal(existsSync(join(data, ".initializing")), false);
        assert.equal(readFileSync(join(data, "PG_VERSION"), "utf8"), "15\n");
      });

      it("touches no folder that holds something else", () => {
        mkdirSync(join(data, "mine"), { recursive: true });
        assert.throws(() => start(), /is not empty, but holds no database/);
        assert.deepEqual(readdirSync(data), ["mine"]);
      });

      it("refuses to start without a password, and as root", () => {
        assert.throws(() => start({}), /set POSTGRES_PASSWORD, the password of app/);
        program(join(bin, "id"), "echo 0");
        assert.throws(() => start(), /PostgreSQL does not run as root/);
      });
    });

    it("kafka: reads its settings from variables, and takes those of Kafka's own scripts for none", () => {
      const logs = join(bin, "..", "logs");
      mkdirSync(logs);
      execFileSync("touch", [join(logs, "meta.properties")]);
      program(join(bin, "java"), 'echo "$*"; for last in "$@"; do :; done; sort "$last"');
      const said = run(KAFKA, [], {
        TMPDIR: bin,
        KAFKA_LOG_DIRS: logs,
        KAFKA_NODE_ID: "1",
        KAFKA_A__B___C: "x=y z",
        KAFKA_HEAP_OPTS: "-Xmx1g",
        KAFKA_OPTS: "-Da=b",
      });
      const [command = "", ...settings] = said.trim().split("\n");
      assert.match(command, /^-Xmx1g .* -Da=b .* kafka\.Kafka \S+\/server\.properties$/);
      assert.deepEqual(settings, ["a_b-c=x=y z", `log.dirs=${logs}`, "node.id=1"]);
    });

    it("kafka: says which setting it cannot do without", () => {
      assert.throws(() => run(KAFKA, [], { TMPDIR: bin }), /set KAFKA_LOG_DIRS, the folder of the log/);
    });
  });
}
