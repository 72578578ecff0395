import assert from "node:assert/strict";
import { bent, bentObject, facts, notesOf } from "../fixtures.js";

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: bos-web }\nspec: { ${spec} }\n`;

describe("Services of charts", () => {
  it("for the outside become ClusterIP, with a route to the port that speaks HTTP", () => {
    const text = service(
      "type: LoadBalancer, loadBalancerIP: 1.2.3.4, externalTrafficPolicy: Local, externalIPs: [1.2.3.4], selector: { a: b }, " +
        "ports: [{ name: metrics, port: 9100, nodePort: 31000 }, { name: web, port: 80, nodePort: 31001 }]",
    );
    assert.deepEqual(bentObject(text)["spec"], {
      type: "ClusterIP",
      selector: { a: "b" },
      ports: [
        { name: "metrics", port: 9100 },
        { name: "web", port: 80 },
      ],
    });
    const { exposed } = bent(text);
    assert.deepEqual(exposed, [{ name: "http", host: "bos--alice.dev.example.com", service: "bos-web", port: "web" }]);
    assert.deepEqual(notesOf(text), [
      'bent: Service "bos-web": LoadBalancer becomes ClusterIP',
      'bent: Service "bos-web" answers at https://bos--alice.dev.example.com',
    ]);
    assert.deepEqual(notesOf(text, { facts: { ...facts, ingressPort: 8080 } }).slice(1), [
      'bent: Service "bos-web" answers at http://bos--alice.dev.example.com:8080',
    ]);
  });

  it("that a route leads to already need none", () => {
    const route = { name: "http", host: "bos--alice.dev.example.com", service: "bos-web", port: 80 };
    assert.deepEqual(bent(service("type: NodePort, ports: [{ port: 80 }]"), { routes: [route] }).exposed, []);
  });

  it("beyond the first carry their own name in the host", () => {
    const text = service("type: NodePort, ports: [{ port: 80 }]");
    const { exposed } = bent(`${text}---\n${text.replace("bos-web", "bos-api")}`);
    assert.deepEqual(
      exposed.map(({ host, port }) => [host, port]),
      [
        ["bos--alice.dev.example.com", 80],
        ["bos-api--alice.dev.example.com", 80],
      ],
    );
  });

  it("for the inside stay as they are, and are not awaited", () => {
    const text = service("clusterIP: None, ports: [{ port: 80 }]");
    const object = bentObject(text);
    assert.deepEqual(object["spec"], { clusterIP: "None", ports: [{ port: 80 }] });
    assert.deepEqual(object.metadata.annotations, { "pulumi.com/skipAwait": "true" });
    assert.deepEqual(notesOf(text), []);
    assert.deepEqual(notesOf(service('externalIPs: [], loadBalancerIP: "", loadBalancerClass:, ports: ')), []);
    assert.deepEqual(notesOf(service("externalIPs: [1.2.3.4]")), ['bent: Service "bos-web": externalIPs are dropped']);
  });

  it("never take the host of another route", () => {
    const route = (name: string, host: string) => ({ name, host, service: "other", port: 80 });
    const routes = [route("http", "bos--alice.dev.example.com"), route("web", "bos-web--alice.dev.example.com")];
    const text = service("type: NodePort, ports: [{ port: 80 }]");
    assert.deepEqual(bent(text, { routes }).exposed, [
      { name: "bos-web", host: "bos-bos-web--alice.dev.example.com", service: "bos-web", port: 80 },
    ]);
  });

  it("without TCP get no route", () => {
    assert.deepEqual(bent(service("type: NodePort, ports: [{ port: 53, protocol: UDP }]")).exposed, []);
  });
});

const ingress = (spec: string, annotations = "{}"): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web, annotations: ${annotations} }\nspec: { ${spec} }\n`;
const rule = (host: string): string =>
  `{ host: "${host}", http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }`;

describe("Ingresses of charts", () => {
  it("answer on hosts of the environment, through the cluster's gateway", () => {
    const text = ingress(
      `tls: [{ hosts: [shop.example.com] }], rules: [${rule("shop.example.com")}, ${rule("admin.example.com")}]`,
      "{ kubernetes.io/ingress.class: nginx, kept: a }",
    );
    const object = bentObject(text);
    assert.deepEqual(object.metadata.annotations, { kept: "a", "pulumi.com/skipAwait": "true" });
    const http = {
      paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
    };
    assert.deepEqual(object["spec"], {
      ingressClassName: "ed8k",
      rules: [
        { host: "bos--alice.dev.example.com", http },
        { host: "bos-admin--alice.dev.example.com", http },
      ],
    });
    assert.deepEqual(notesOf(text), [
      'bent: Ingress "web": the host shop.example.com becomes bos--alice.dev.example.com',
      'bent: Ingress "web": the host admin.example.com becomes bos-admin--alice.dev.example.com',
      'bent: Ingress "web": the class nginx becomes ed8k',
      'bent: Ingress "web": tls is dropped: the cluster\'s gateway has the certificate',
    ]);
    assert.deepEqual(bent(text).ingresses, [
      { name: "web", host: "bos--alice.dev.example.com", service: "web", port: 80 },
      { name: "web", host: "bos-admin--alice.dev.example.com", service: "web", port: 80 },
    ]);
  });

  it("keep hosts of the environment, and only those", () => {
    const own = "any--alice.dev.example.com";
    assert.deepEqual(notesOf(ingress(`ingressClassName: ed8k, rules: [${rule(own)}]`)), []);
    for (const foreign of [
      "x--bob.dev.example.com",
      "a.x--alice.dev.example.com",
      "*--alice.dev.example.com",
      "*.dev.example.com",
    ]) {
      assert.deepEqual(notesOf(ingress(`rules: [${rule(foreign)}]`)), [
        `bent: Ingress "web": the host ${foreign} becomes bos--alice.dev.example.com`,
      ]);
    }
  });

  it("may leave empty what they do not use", () => {
    const text = ingress(`ingressClassName:, tls: [], defaultBackend:, rules: [${rule("any--alice.dev.example.com")}]`);
    assert.deepEqual(notesOf(text), []);
  });

  it("may share the paths of one host", () => {
    const text = ingress(`rules: [${rule("shop.example.com")}]`);
    const { ingresses } = bent(`${text}---\n${text.replace("name: web,", "name: api,")}`);
    assert.deepEqual(ingresses, [{ name: "web", host: "bos--alice.dev.example.com", service: "web", port: 80 }]);
  });

  it("without a host would answer for all, and get one", () => {
    const backend = "{ service: { name: web, port: { name: http } } }";
    const text = ingress(`defaultBackend: ${backend}`);
    assert.deepEqual(bentObject(text)["spec"], {
      ingressClassName: "ed8k",
      rules: [
        {
          host: "bos--alice.dev.example.com",
          http: {
            paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } }],
          },
        },
      ],
    });
    assert.deepEqual(notesOf(text), ['bent: Ingress "web": no host becomes bos--alice.dev.example.com']);
  });

  it("leave the main host to a route of the service", () => {
    const route = { name: "http", host: "bos--alice.dev.example.com", service: "web", port: 80 };
    const { ingresses } = bent(ingress(`rules: [${rule("*.shop.example.com")}]`), { routes: [route] });
    assert.deepEqual(
      ingresses.map(({ host }) => host),
      ["bos-shop--alice.dev.example.com"],
    );
  });
});

describe("NetworkPolicies and PodDisruptionBudgets of charts", () => {
  it("NetworkPolicies are left out: they could only open what is closed", () => {
    const text =
      "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: open }\nspec: { ingress: [{}] }\n";
    assert.deepEqual(bent(text).objects, []);
    assert.deepEqual(notesOf(text), ['bent: NetworkPolicy "open" is left out: the environment\'s own policies hold']);
  });

  it("budgets are left out while there is one replica", () => {
    const text = (replicas: number): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: web }
spec: { minAvailable: 1, selector: { matchLabels: { app: web } } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { replicas: ${replicas}, template: { metadata: { labels: { app: web } }, spec: {} } }
`;
    assert.deepEqual(
      bent(text(2)).objects.map(({ manifest }) => manifest.kind),
      ["PodDisruptionBudget", "Deployment"],
    );
    assert.deepEqual(
      bent(text(1)).objects.map(({ manifest }) => manifest.kind),
      ["Deployment"],
    );
    assert.deepEqual(notesOf(text(1)), ['bent: PodDisruptionBudget "web" is left out while there is one replica']);
  });
});
