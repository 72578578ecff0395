import assert from "node:assert/strict";
import { sharedNamespaces } from "../../../../cluster/platform/shared-namespaces.js";
import { planTenancy } from "../../../../environments/tenancy/tenancy.js";
import { BACKEND, configOf, facts } from "../fixtures.js";
import { connects, type Cluster, type Endpoint } from "./network-evaluator.js";

const KAFKA = 9092;
const ENVIRONMENTS = ["alice", "bob", "alice-2"];

const objects = [
  ...ENVIRONMENTS.flatMap((name) =>
    planTenancy({ config: configOf(name), facts, backend: BACKEND, summary: { services: [], claims: [] } }),
  ),
  ...sharedNamespaces(KAFKA),
].map(({ manifest }) => manifest);
const others = ["kube-system", "default"].map((name) => [name, { "kubernetes.io/metadata.name": name }] as const);
const cluster: Cluster = {
  policies: objects.filter(({ kind }) => kind === "NetworkPolicy"),
  namespaces: Object.fromEntries([
    ...others,
    ...objects
      .filter(({ kind }) => kind === "Namespace")
      .map(({ metadata: { name, labels } }) => [name, { ...labels, "kubernetes.io/metadata.name": name }] as const),
  ]),
};

const PLACES: Readonly<Record<string, Endpoint>> = {
  ...Object.fromEntries(
    ENVIRONMENTS.map((namespace, index) => [
      namespace,
      { namespace, ip: `10.1.0.${index + 1}`, labels: { app: "web" } },
    ]),
  ),
  gateway: { namespace: "ed8k-system", ip: "10.2.0.1", labels: { app: "gateway" } },
  kafka: { namespace: "ed8k-shared", ip: "10.3.0.1", labels: { "app.kubernetes.io/name": "kafka" } },
  dns: { namespace: "kube-system", ip: "10.4.0.1", labels: { "k8s-app": "kube-dns" } },
  nodeDns: { ip: "169.254.20.10" },
  stranger: { namespace: "default", ip: "10.5.0.1" },
  metadata: { ip: "169.254.169.254" },
  metadata6: { ip: "fd00:ec2::254" },
  podIdentity: { ip: "169.254.170.23" },
  podIdentity6: { ip: "fd00:ec2::23" },
  internet: { ip: "93.184.215.14" },
  internet6: { ip: "2606:2800:220:1::1" },
  office: { ip: "192.168.1.20" },
  database: { ip: "10.64.200.7" },
  apiServer: { ip: "172.20.0.1" },
};

/** What an environment's pods reach, at which ports; all else must be closed. */
const OPEN: Readonly<Record<string, readonly number[]>> = {
  dns: [53],
  nodeDns: [53],
  kafka: [KAFKA],
  podIdentity: [80],
  podIdentity6: [80],
  internet: [53, 80, 443, 8080, KAFKA],
  internet6: [53, 80, 443, 8080, KAFKA],
};
const PORTS = [53, 80, 443, 8080, KAFKA];

function opens(from: string, to: string): number[] {
  const [source, target] = [PLACES[from], PLACES[to]];
  assert(source !== undefined && target !== undefined);
  return PORTS.filter((port) => connects(cluster, source, { ...target, port }));
}

describe("network policies [row 30]", () => {
  for (const environment of ENVIRONMENTS) {
    for (const place of Object.keys(PLACES)) {
      const expected = place === environment ? PORTS : (OPEN[place] ?? []);
      it(`let pods of ${environment} reach ${place} at ${expected.join(", ") || "no port"}`, () => {
        assert.deepEqual(opens(environment, place), expected);
      });
    }
  }

  for (const place of Object.keys(PLACES).filter((name) => !ENVIRONMENTS.includes(name))) {
    const expected = place === "gateway" ? PORTS : [];
    it(`let ${place} reach pods of alice at ${expected.join(", ") || "no port"}`, () => {
      assert.deepEqual(opens(place, "alice"), expected);
    });
  }

  it("are judged by an evaluator that sees what is open", () => {
    assert.deepEqual(opens("stranger", "gateway"), PORTS);
    assert.deepEqual(opens("stranger", "kafka"), []);
  });
});
