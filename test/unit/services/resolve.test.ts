import assert from "node:assert/strict";
import fc from "fast-check";
import { UserError } from "../../../errors.js";
import { resolveServices, type VersionedSelection } from "../../../services/resolve.js";
import { errorOf } from "../sandbox/scratch.js";
import { fakeCatalogue, type Fakes } from "./fake-services.js";

const PLATFORM: Fakes = {
  core: ["tools"],
  services: {
    tools: {},
    fxsuite: {},
    bos: { needs: ["fxsuite"] },
    reports: { needs: ["bos"] },
    mailbox: {},
  },
  profiles: { minimal: ["fxsuite"], full: ["bos", "mailbox"] },
};

const MINIMAL: VersionedSelection = { profile: "minimal", start: [], stop: [], versions: {} };

async function namesOf(selection: Partial<VersionedSelection>, fakes = PLATFORM): Promise<readonly string[]> {
  const { catalogue, load } = fakeCatalogue(fakes);
  return (await resolveServices({ ...MINIMAL, ...selection }, catalogue, load)).map(({ name }) => name);
}

async function messageOf(selection: Partial<VersionedSelection>, fakes = PLATFORM): Promise<string> {
  const { message, hint } = (await errorOf(() => namesOf(selection, fakes))) as UserError;
  return hint === undefined ? message : `${message} (${hint})`;
}

describe("the services of an environment", () => {
  it("are those of the profile and the core, with what they need before them [row 12] [row 29] [row 40]", async () => {
    assert.deepEqual(await namesOf({}), ["fxsuite", "tools"]);
    assert.deepEqual(await namesOf({ profile: "full" }), ["fxsuite", "bos", "mailbox", "tools"]);
  });

  it("are more when some are started, and fewer when some are stopped [row 41]", async () => {
    assert.deepEqual(await namesOf({ start: ["reports"] }), ["fxsuite", "bos", "reports", "tools"]);
    assert.deepEqual(await namesOf({ profile: "full", stop: ["mailbox"] }), ["fxsuite", "bos", "tools"]);
    assert.deepEqual(await namesOf({ profile: "full", stop: ["bos"] }), ["mailbox", "tools"]);
  });

  it("have the version that the config names, else the catalogue's [row 53]", async () => {
    const { catalogue, load } = fakeCatalogue(PLATFORM);
    const services = await resolveServices(
      { ...MINIMAL, versions: { fxsuite: "2.0.0", bos: "9.9.9" } },
      catalogue,
      load,
    );
    assert.deepEqual(
      services.map(({ name, version }) => [name, version]),
      [
        ["fxsuite", "2.0.0"],
        ["tools", "1.0.0"],
      ],
    );
  });

  it("do not depend on the order of the lists", async () => {
    const all = ["fxsuite", "bos", "reports", "mailbox"];
    const expected = await namesOf({ start: all });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(all, { minLength: all.length }), async (start) => {
        assert.deepEqual(await namesOf({ start }), expected);
      }),
    );
  });

  it("cannot be unknown: all such names are told, with those that were meant", async () => {
    assert.equal(
      await messageOf({ start: ["mailbx"], stop: ["other"], versions: { fxsuit: "1.0.0" } }),
      `services: 3 faults:
  - ed8k:start: "mailbx" is no service of catalogue.yaml (did you mean mailbox?)
  - ed8k:stop: "other" is no service of catalogue.yaml (there are tools, fxsuite, bos, reports, mailbox)
  - ed8k:versions: "fxsuit" is no service of catalogue.yaml (did you mean fxsuite?)`,
    );
    assert.equal(
      await messageOf({ start: ["a"] }, { ...PLATFORM, services: { ...PLATFORM.services, a: { needs: ["boss"] } } }),
      'services: dependsOn of a: "boss" is no service of catalogue.yaml (did you mean bos?)',
    );
    assert.equal(
      await messageOf({ versions: { fxsuite: "--help" } }),
      'services: ed8k:versions.fxsuite: "--help" is no exact version, such as 1.2.3',
    );
    assert.equal(
      await messageOf({ profile: "ful" }),
      'there is no profile "ful" in catalogue.yaml; there are minimal, full (did you mean full?)',
    );
  });

  it("cannot be stopped while another needs them, nor when they are of the core", async () => {
    assert.equal(
      await messageOf({ profile: "full", stop: ["fxsuite"] }),
      "services: ed8k:stop: fxsuite cannot be stopped: bos needs it (stop bos too, or leave fxsuite running)",
    );
    assert.equal(
      await messageOf({ start: ["reports"], stop: ["fxsuite"] }),
      "services: ed8k:stop: fxsuite cannot be stopped: bos, reports need it (stop bos, reports too, or leave fxsuite running)",
    );
    assert.equal(
      await messageOf({ stop: ["tools"] }),
      "services: ed8k:stop: tools cannot be stopped: every environment has it (leave it running)",
    );
    assert.equal(
      await messageOf({ start: ["bos"], stop: ["bos"] }),
      "services: bos: is in ed8k:start and in ed8k:stop (take it out of one of them)",
    );
  });

  it("cannot need each other in a circle", async () => {
    const services = { a: { needs: ["b"] }, b: { needs: ["c"] }, c: { needs: ["a"] } };
    assert.equal(
      await messageOf({ profile: "p" }, { services, profiles: { p: ["c"] } }),
      "services need each other in a circle: a → b → c → a (take one of these out of dependsOn in its ed8k.yaml)",
    );
  });

  it("tell all charts that cannot be had", async () => {
    const { catalogue } = fakeCatalogue(PLATFORM);
    const load = (name: string) => Promise.reject(new UserError(`${name} is lost`, { hint: "find it", exit: "usage" }));
    const error = await errorOf(() => resolveServices({ ...MINIMAL, profile: "full" }, catalogue, load));
    assert.equal(
      error.message,
      `3 services cannot be loaded:
  - tools is lost (find it)
  - bos is lost (find it)
  - mailbox is lost (find it)`,
    );
    const broken = (name: string) => (name === "bos" ? Promise.reject(new TypeError("bug")) : load(name));
    assert.equal(
      (await errorOf(() => resolveServices({ ...MINIMAL, profile: "full" }, catalogue, broken))).message,
      "bug",
    );
  });
});

describe("claims of services that run together", () => {
  const queue = { fifo: true, visibilityTimeoutSeconds: 30, subscribe: [{ topic: "fxsuite/trades" }] };
  const withTopic = (fifo: boolean): Fakes => ({
    services: {
      fxsuite: { resources: { trades: { type: "sns-topic", params: { fifo } } } },
      bos: { needs: ["fxsuite"], resources: { jobs: { type: "sqs-queue", params: queue } } },
    },
    profiles: { p: ["bos"] },
  });

  it("subscribe to topics that are there and fit", async () => {
    assert.deepEqual(await namesOf({ profile: "p" }, withTopic(true)), ["fxsuite", "bos"]);
    assert.equal(
      await messageOf({ profile: "p" }, withTopic(false)),
      'services: resources.jobs of bos: a fifo queue cannot subscribe to "fxsuite/trades", which is not fifo',
    );
    const without = { ...withTopic(true), services: { ...withTopic(true).services, fxsuite: {} } };
    assert.equal(
      await messageOf({ profile: "p" }, without),
      'services: resources.jobs of bos: "fxsuite/trades" is no sns-topic of fxsuite',
    );
  });

  it("share a Kafka topic only when they want the same of it [row 27]", async () => {
    const topic = (partitions: number) => ({
      resources: { deals: { type: "kafka-topic", params: { partitions, config: {} } } as const },
    });
    const fakes = (other: number): Fakes => ({
      services: { a: topic(2), b: topic(other) },
      profiles: { p: ["a", "b"] },
    });
    assert.deepEqual(await namesOf({ profile: "p" }, fakes(2)), ["a", "b"]);
    assert.equal(
      await messageOf({ profile: "p" }, fakes(3)),
      "services: resources.deals of b: is the Kafka topic that a claims too, with other params (give both the same params, or one of them another name)",
    );
  });
});
