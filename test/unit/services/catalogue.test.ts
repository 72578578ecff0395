import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadCatalogue, parseCatalogue, profileServices } from "../../../services/catalogue.js";
import { cleanUp, errorOf, scratchFolder } from "../sandbox/scratch.js";

const PLACE = { file: "services/catalogue.yaml", folder: "/project/services" };
const HEAD = "apiVersion: ed8k.dev/v1\nkind: Catalogue\n";

function messageOf(body: string): string {
  try {
    parseCatalogue(HEAD + body, PLACE);
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return hint === undefined ? message : `${message} (${hint})`;
  }
  throw new Error("nothing was thrown");
}

describe("the catalogue", () => {
  afterEach(cleanUp);

  it("knows charts of folders, registries and repositories, of one or of many repositories [row 17] [row 18]", () => {
    const catalogue = parseCatalogue(
      `${HEAD}core: [tools]
services:
  tools: { chart: ./tools }
  ledger: { chart: ../../ledger/chart }
  ledger-reports: { chart: ../../ledger/reports }
  rates: { chart: oci://registry.example.com:5000/charts/rates, version: 1.2.3 }
  desk: { repository: https://charts.example.com, chart: desk, version: 0.4.0-rc.1 }
profiles:
  minimal: [ledger]
  none: []
`,
      PLACE,
    );
    assert.deepEqual(catalogue, {
      ...PLACE,
      core: ["tools"],
      services: {
        tools: { from: "folder", path: "./tools" },
        ledger: { from: "folder", path: "../../ledger/chart" },
        "ledger-reports": { from: "folder", path: "../../ledger/reports" },
        rates: { from: "oci", chart: "oci://registry.example.com:5000/charts/rates", version: "1.2.3" },
        desk: { from: "repository", repository: "https://charts.example.com", chart: "desk", version: "0.4.0-rc.1" },
      },
      profiles: { minimal: ["ledger"], none: [] },
    });
  });

  for (const [what, body, fault] of [
    [
      "a name in a profile that is no service",
      "services: { ledger: { chart: ./l } }\nprofiles: { minimal: [ledgr] }\n",
      '4:23: profiles.minimal.0: "ledgr" is no service of the catalogue (did you mean ledger?)',
    ],
    [
      "a name in the core that is no service",
      "core: [tools]\nservices: {}\nprofiles: {}\n",
      '3:8: core.0: "tools" is no service of the catalogue (add it to services, or take it out)',
    ],
    [
      "an unknown key",
      "services: { ledger: { chrt: ./l, chart: ./l } }\nprofiles: {}\n",
      "3:23: services.ledger.chrt: is not known; there are chart, repository, version (did you mean chart?)",
    ],
    [
      "a folder with a version",
      "services: { l: { chart: ./l, version: 1.0.0 } }\nprofiles: {}\n",
      "3:39: services.l.version: is not allowed here: the folder's Chart.yaml tells the version",
    ],
    [
      "a registry's chart without a version",
      "services: { l: { chart: oci://r.example.com/l } }\nprofiles: {}\n",
      "3:16: services.l.version: is missing; a chart from elsewhere needs one, such as 1.2.3",
    ],
    [
      "a range of versions",
      "services: { l: { chart: oci://r.example.com/l, version: ^1.0.0 } }\nprofiles: {}\n",
      '3:57: services.l.version: "^1.0.0" is no exact version, such as 1.2.3',
    ],
    [
      "a tag in a reference",
      'services: { l: { chart: "oci://r.example.com/l:1.0.0", version: 1.0.0 } }\nprofiles: {}\n',
      '3:25: services.l.chart: "oci://r.example.com/l:1.0.0" is no chart; it is ./<folder>, oci://… without a tag, or a name beside a repository',
    ],
    [
      "a name alone",
      "services: { l: { chart: l } }\nprofiles: {}\n",
      '3:25: services.l.chart: "l" is no chart; it is ./<folder>, oci://… without a tag, or a name beside a repository',
    ],
    [
      "a path as the chart of a repository",
      "services: { l: { repository: https://c.example.com, chart: a/l, version: 1.0.0 } }\nprofiles: {}\n",
      '3:60: services.l.chart: "a/l" is no name of a chart in https://c.example.com (write the name alone)',
    ],
    ["a missing key", "services: {}\n", "1:1: profiles: is missing; it must be of type record"],
  ] as const) {
    it(`tells ${what} with its line and column`, () => {
      assert.equal(messageOf(body), `catalogue: services/catalogue.yaml:${fault}`);
    });
  }

  it("refuses credentials in an address and does not repeat them", () => {
    const hint = "(take them out; helm registry login keeps them)";
    const entry = (fields: string) => `services: { l: { ${fields}, version: 1.0.0 } }\nprofiles: {}\n`;
    assert.equal(
      messageOf(entry("repository: https://me:CANARY@c.example.com, chart: l")),
      `catalogue: services/catalogue.yaml:3:30: services.l.repository: the address holds credentials ${hint}`,
    );
    assert.equal(
      messageOf(entry("chart: oci://me:CANARY@c.example.com/l")),
      `catalogue: services/catalogue.yaml:3:25: services.l.chart: the address holds credentials ${hint}`,
    );
    assert.equal(
      messageOf(entry("repository: ftp://me:CANARY@c.example.com, chart: l")),
      'catalogue: services/catalogue.yaml:3:30: services.l.repository: "ftp://…@c.example.com" is no address of a Helm repository: it begins with https://',
    );
  });

  it("tells an unknown profile with those that there are", () => {
    const catalogue = parseCatalogue(`${HEAD}services: {}\nprofiles: { minimal: [], full: [] }\n`, PLACE);
    assert.deepEqual(profileServices(catalogue, "full"), []);
    assert.throws(() => profileServices(catalogue, "minmal"), {
      message: 'there is no profile "minmal" in services/catalogue.yaml; there are minimal, full',
      hint: "did you mean minimal?",
      exit: "usage",
    });
    assert.throws(() => profileServices(catalogue, "constructor"), { exit: "usage" });
  });

  it("is read from a file of the project", async () => {
    const root = scratchFolder();
    writeFileSync(join(root, "c.yaml"), `${HEAD}services: {}\nprofiles: {}\n`);
    assert.deepEqual(await loadCatalogue(root, "c.yaml"), {
      file: "c.yaml",
      folder: root,
      core: [],
      services: {},
      profiles: {},
    });
    assert.equal(
      (await errorOf(() => loadCatalogue(root, "d.yaml"))).message,
      `the catalogue d.yaml cannot be read in ${root}`,
    );
  });
});
