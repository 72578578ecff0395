import assert from "node:assert/strict";
import fc from "fast-check";
import { startServices, stopServices } from "../../../services/change-selection.js";
import { resolveServices, type VersionedSelection } from "../../../services/resolve.js";
import { withStarted, withStopped } from "../../../services/selection.js";
import { errorOf } from "../sandbox/scratch.js";
import { fakeCatalogue } from "./fake-services.js";

const SOURCES = fakeCatalogue({
  core: ["tools"],
  services: { tools: {}, fxsuite: {}, bos: { needs: ["fxsuite"] }, reports: { needs: ["bos"] }, mailbox: {} },
  profiles: { minimal: ["fxsuite"], full: ["bos", "mailbox"] },
});
const { catalogue } = SOURCES;
const MINIMAL = { profile: "minimal", start: [], stop: [] };
const FULL = { profile: "full", start: [], stop: [] };
const versions = {};

describe("starting services", () => {
  it("adds them once, and leaves what runs already", () => {
    const started = withStarted(MINIMAL, ["mailbox", "fxsuite", "tools", "mailbox"], { catalogue, needs: [] });
    assert.deepEqual(started, { profile: "minimal", start: ["mailbox"], stop: [] });
    assert.deepEqual(withStarted(started, ["mailbox"], { catalogue, needs: [] }), started);
  });

  it("takes them, and what they need, out of what was stopped", async () => {
    const selection = { profile: "full", start: [], stop: ["bos", "fxsuite", "mailbox"], versions };
    const { selection: changed, services } = await startServices(selection, ["reports"], SOURCES);
    assert.deepEqual(changed, { profile: "full", start: ["reports"], stop: ["mailbox"] });
    assert.deepEqual(
      services.map(({ name }) => name),
      ["fxsuite", "bos", "reports", "tools"],
    );
  });

  it("refuses names that are not in the catalogue", async () => {
    const error = await errorOf(() => startServices({ ...MINIMAL, versions }, ["mailbx"], SOURCES));
    assert.equal(error.message, 'services: start: "mailbx" is no service of catalogue.yaml');
  });
});

describe("stopping services", () => {
  it("undoes a start, and leaves out what the profile has", () => {
    assert.deepEqual(withStopped({ ...MINIMAL, start: ["mailbox"] }, ["mailbox"], catalogue), MINIMAL);
    assert.deepEqual(withStopped(FULL, ["mailbox", "mailbox"], catalogue), { ...FULL, stop: ["mailbox"] });
  });

  it("leaves what does not run", async () => {
    const { selection } = await stopServices({ ...MINIMAL, versions }, ["mailbox"], SOURCES);
    assert.deepEqual(selection, MINIMAL);
  });

  it("stops several that need each other at once, with what only they needed", async () => {
    const selection = { profile: "minimal", start: ["reports"], stop: [], versions };
    const { selection: changed, services } = await stopServices(selection, ["reports"], SOURCES);
    assert.deepEqual(changed, MINIMAL);
    assert.deepEqual(
      services.map(({ name }) => name),
      ["fxsuite", "tools"],
    );
  });

  it("refuses what another needs, also when it is in no list itself", async () => {
    const selection = { profile: "minimal", start: ["reports"], stop: [], versions };
    const error = await errorOf(() => stopServices(selection, ["bos"], SOURCES));
    assert.equal(error.message, "services: ed8k:stop: bos cannot be stopped: reports needs it");
  });

  it("refuses the core", async () => {
    const error = await errorOf(() => stopServices({ ...MINIMAL, versions }, ["tools"], SOURCES));
    assert.equal(error.message, "services: ed8k:stop: tools cannot be stopped: every environment has it");
  });
});

describe("starting and stopping", () => {
  const optional = ["mailbox", "bos", "reports"];

  it("runs what was started and does not run what was stopped, whatever came before", async () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.constantFrom(...optional)), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("minimal", "full"), steps, async (profile, actions) => {
        let selection: VersionedSelection = { profile, start: [], stop: [], versions };
        for (const [start, name] of actions) {
          const before = await resolveServices(selection, catalogue, SOURCES.load);
          const isNeeded = before.some((service) => service.definition.dependsOn.includes(name));
          if (!start && isNeeded) continue;
          const change = start ? startServices : stopServices;
          const { selection: changed, services } = await change(selection, [name], SOURCES);
          assert.equal(
            services.some((service) => service.name === name),
            start,
          );
          selection = { ...changed, versions };
          assert.deepEqual(await resolveServices(selection, catalogue, SOURCES.load), services);
        }
      }),
    );
  });
});
