import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseService, readService } from "../../../services/parse-service.js";
import { cleanUp, errorOf, scratchFolder } from "../sandbox/scratch.js";

const HEAD = `apiVersion: ed8k.dev/v1
kind: Service
metadata: { name: ledger, owner: team-books }
`;

function messageOf(text: string): string {
  try {
    parseService(text, "ed8k.yaml");
  } catch (error) {
    const { message, hint } = error as Error & { hint?: string };
    return hint === undefined ? message : `${message} (${hint})`;
  }
  throw new Error("nothing was thrown");
}

describe("ed8k.yaml", () => {
  afterEach(cleanUp);

  it("fills in every default", () => {
    assert.deepEqual(parseService(`${HEAD}resources: { db: { type: postgres }, q: { type: sqs-queue } }\n`, "f"), {
      name: "ledger",
      owner: "team-books",
      dependsOn: [],
      resources: {
        db: { type: "postgres", params: { version: "17", size: "s", datasets: {} } },
        q: { type: "sqs-queue", params: { fifo: false, visibilityTimeoutSeconds: 30, subscribe: [] } },
      },
      variables: {},
      routes: {},
      development: undefined,
    });
  });

  it("keeps all that is written, with placeholders as they are", () => {
    const text = `${HEAD}dependsOn: [fxsuite]
resources:
  db: { type: postgres, params: { version: "16", size: m, datasets: { default: development } } }
  jobs:
    type: sqs-queue
    params: { deadLetter: { maxReceives: 5 }, subscribe: [{ topic: fxsuite/trades, filter: { kind: [spot] } }] }
variables: { HOST: "\${resources.db.host}", RAW: "$\${x}" }
routes: { http: { service: ledger, port: 8080 } }
development: { debug: { port: 5678, tool: debugpy } }
`;
    assert.deepEqual(parseService(text, "f"), {
      name: "ledger",
      owner: "team-books",
      dependsOn: ["fxsuite"],
      resources: {
        db: { type: "postgres", params: { version: "16", size: "m", datasets: { default: "development" } } },
        jobs: {
          type: "sqs-queue",
          params: {
            fifo: false,
            visibilityTimeoutSeconds: 30,
            deadLetter: { maxReceives: 5 },
            subscribe: [{ topic: "fxsuite/trades", filter: { kind: ["spot"] } }],
          },
        },
      },
      variables: { HOST: "${resources.db.host}", RAW: "$${x}" },
      routes: { http: { service: "ledger", port: 8080 } },
      development: { sync: [], run: [], debug: { port: 5678, tool: "debugpy" } },
    });
  });

  for (const [what, body, fault] of [
    [
      "broken YAML",
      "routes: { http: [\n",
      "5:1: is no YAML: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["a key that is there twice", "kind: Service\n", "4:1: is no YAML: Map keys must be unique"],
    ["two documents", "---\nkind: Service\n", "4:1: there must be one YAML document in the file"],
    [
      "an unknown key",
      "dependson: [x]\n",
      "4:1: dependson: is not known; there are apiVersion, kind, metadata, dependsOn, resources, variables, routes, development (did you mean dependsOn?)",
    ],
    [
      "an unknown parameter of a claim",
      "resources:\n  db: { type: postgres, params: { sise: m } }\n",
      "5:35: resources.db.params.sise: is not known; there are version, size, datasets (did you mean size?)",
    ],
    [
      "an unknown type",
      "resources: { db: { type: postgre } }\n",
      '4:26: resources.db.type: "postgre" is not allowed; it is one of postgres, redis, elasticsearch, mongodb, kafka-topic, sqs-queue, sns-topic, s3-bucket, dynamodb-table (did you mean postgres?)',
    ],
    [
      "a missing type",
      "resources:\n  db: { params: {} }\n",
      "5:7: resources.db.type: is missing; it is one of postgres, redis, elasticsearch, mongodb, kafka-topic, sqs-queue, sns-topic, s3-bucket, dynamodb-table",
    ],
    [
      "a number where text must be",
      "variables:\n  PORT: 8080\n",
      '5:9: variables.PORT: 8080 is not allowed; it must be of type string (write it in quotes: "8080")',
    ],
    [
      "a bad name of a claim",
      "resources:\n  Db: { type: redis }\n",
      '5:3: resources.Db: "Db" is no name: lower-case letters, digits and single dashes, beginning with a letter',
    ],
    [
      "a number that is too large",
      "resources: { t: { type: kafka-topic, params: { partitions: 99 } } }\n",
      "4:60: resources.t.params.partitions: 99 is not allowed; it is at most 30",
    ],
    [
      "a long name",
      `dependsOn: [${"a".repeat(41)}]\n`,
      `4:13: dependsOn.0: "${"a".repeat(41)}" has 41 characters, at most 40 are allowed`,
    ],
    [
      "a port that is neither number nor name",
      "routes: { http: { service: x, port: true } }\n",
      "4:37: routes.http.port: true is not allowed; it must be of type number or string",
    ],
    ["an empty key", "dependsOn:\n", "4:11: dependsOn: null is not allowed; it must be of type array"],
    [
      "itself in dependsOn",
      "dependsOn: [ledger]\n",
      '4:13: dependsOn.0: "ledger" is the service itself (remove the line)',
    ],
    ["a dependency twice", "dependsOn: [b, b]\n", '4:16: dependsOn.1: "b" is there twice (remove one of the two)'],
    [
      "a placeholder of no claim",
      "resources: { db: { type: redis } }\nvariables:\n  A: ${resources.dc.host}\n",
      "6:6: variables.A: ${resources.dc.host} names no resource; there are db (did you mean db?)",
    ],
    [
      "a topic of a service that is not started with it",
      "resources: { q: { type: sqs-queue, params: { subscribe: [{ topic: fxsuite/trades }] } } }\n",
      '4:67: resources.q.params.subscribe.0.topic: "fxsuite/trades" belongs to fxsuite, which is not in dependsOn (add fxsuite there)',
    ],
    [
      "an own topic that is none",
      "resources: { q: { type: sqs-queue, params: { subscribe: [{ topic: ledger/q }] } } }\n",
      '4:67: resources.q.params.subscribe.0.topic: "ledger/q" is no sns-topic of this service',
    ],
  ] as const) {
    it(`tells ${what} with its line and column`, () => {
      assert.equal(messageOf(HEAD + body), `service definition: ed8k.yaml:${fault}`);
    });
  }

  it("tells all faults at once", () => {
    assert.equal(
      messageOf(`${HEAD.replace("Service", "service")}dependsOn: x\nroute: {}\n`),
      `service definition: 3 faults:
  - ed8k.yaml:2:7: kind: "service" is not allowed; it is Service
  - ed8k.yaml:4:12: dependsOn: "x" is not allowed; it must be of type array
  - ed8k.yaml:5:1: route: is not known; there are apiVersion, kind, metadata, dependsOn, resources, variables, routes, development (did you mean routes?)`,
    );
  });

  it("tells what is wrong behind an alias at the alias", () => {
    assert.equal(
      messageOf(`${HEAD}variables: { A: &big 12, B: *big }\n`),
      `service definition: 2 faults:
  - ed8k.yaml:4:22: variables.A: 12 is not allowed; it must be of type string (write it in quotes: "12")
  - ed8k.yaml:4:29: variables.B: 12 is not allowed; it must be of type string (write it in quotes: "12")`,
    );
    assert.equal(
      messageOf(`${HEAD}x: &map { service: a, prot: 1 }\nroutes: { http: *map }\n`).split("\n").slice(1).join("\n"),
      `  - ed8k.yaml:5:17: routes.http.port: is missing
  - ed8k.yaml:5:17: routes.http.prot: is not known; there are service, port (did you mean port?)
  - ed8k.yaml:4:1: x: is not known; there are apiVersion, kind, metadata, dependsOn, resources, variables, routes, development`,
    );
  });

  it("tells an empty file, and one whose aliases multiply without end", () => {
    assert.equal(messageOf(""), "service definition: ed8k.yaml:1:1: null is not allowed; it must be of type object");
    const levels = Array.from(
      { length: 9 },
      (_, index) => `a${index + 1}: &a${index + 1} [${`*a${index},`.repeat(9)}]`,
    );
    assert.equal(
      messageOf(`a0: &a0 [x]\n${levels.join("\n")}\n`),
      "service definition: ed8k.yaml:1:1: Excessive alias count indicates a resource exhaustion attack",
    );
  });

  it("reads a chart's file, and says where there is none", async () => {
    const folder = scratchFolder();
    mkdirSync(join(folder, "with"));
    writeFileSync(join(folder, "with", "ed8k.yaml"), HEAD);
    assert.equal((await readService(join(folder, "with"), "charts/with")).owner, "team-books");
    const error = await errorOf(() => readService(folder, "charts/without"));
    assert.equal(error.message, "service definition: charts/without: is no service: it has no file ed8k.yaml");
  });
});
