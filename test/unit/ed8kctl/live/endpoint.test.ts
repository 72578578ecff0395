import assert from "node:assert/strict";
import { chooseEndpoint } from "../../../../ed8kctl/live/endpoint.js";
import { live, of } from "./objects.js";

const web = live(
  "Service bos-web",
  {
    spec: {
      ports: [
        { name: "http", port: 80 },
        { name: "metrics", port: 9090 },
      ],
    },
  },
  of("bos"),
);
const admin = live("Service bos-admin", { spec: { ports: [{ port: 81 }] } }, of("bos"));
const db = live(
  "Service bos--db",
  { spec: { ports: [{ name: "db", port: 5432 }] } },
  { labels: { ...of("bos").labels, "ed8k.dev/claim": "db" } },
);
const mail = live("Service mailbox", { spec: { ports: [{ port: 8025 }] } }, of("mailbox"));
const headless = live("Service quiet", { spec: {} }, of("quiet"));
const httpRoute = live("HTTPRoute bos", {
  spec: { rules: [{ backendRefs: [{ kind: "Service", name: "bos-admin" }] }] },
});
const ingress = live("Ingress bos", {
  spec: { rules: [{ http: { paths: [{ backend: { service: { name: "bos-web" } } }] } }] },
});

describe("choosing an endpoint", () => {
  const choose = (wanted: string, port?: string, routes = [ingress]) =>
    chooseEndpoint({ wanted, port, services: [web, admin, db, mail, headless], routes });

  it("takes the Kubernetes Service of that name, the one that has the route, or the only one", () => {
    assert.deepEqual(choose("bos--db"), { service: "bos--db", port: 5432, portName: "db" });
    assert.deepEqual(choose("bos"), { service: "bos-web", port: 80, portName: "http" });
    assert.deepEqual(choose("mailbox"), { service: "mailbox", port: 8025, portName: "" });
  });

  it("takes the one to which a route of the Gateway leads", () => {
    assert.deepEqual(choose("bos", undefined, [httpRoute]), { service: "bos-admin", port: 81, portName: "" });
  });

  it("takes ports by name and number", () => {
    assert.deepEqual(choose("bos", "metrics"), { service: "bos-web", port: 9090, portName: "metrics" });
    assert.deepEqual(choose("bos", "9090"), { service: "bos-web", port: 9090, portName: "metrics" });
  });

  it("refuses what is not there, with what there is", () => {
    assert.throws(() => choose("bos", "grpc"), {
      message: 'bos has no port "grpc"; it has http 80, metrics 9090',
      exit: "notFound",
    });
    assert.throws(() => choose("quiet"), { message: 'quiet has no port ""; it has none', exit: "notFound" });
    assert.throws(() => choose("mailbx"), {
      message: 'there is no service "mailbx"; there are bos-web, bos-admin, bos--db, mailbox, quiet',
      hint: "did you mean mailbox?",
      exit: "notFound",
    });
  });

  it("asks which one is meant when several could be", () => {
    assert.throws(() => choose("bos", undefined, []), {
      message: "bos has several Kubernetes Services: bos-web, bos-admin",
      exit: "usage",
    });
  });
});
