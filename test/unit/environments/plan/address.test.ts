import assert from "node:assert/strict";
import { hostUrl } from "../../../../environments/plan/address.js";

describe("addresses", () => {
  it("have no certificate on the own machine, and one everywhere else", () => {
    const [local, remote] = ["bos--alice.ed8k.localhost", "bos--alice.dev.example.com"] as const;
    assert.equal(hostUrl(local, { ingressPort: 80 }), "http://bos--alice.ed8k.localhost");
    assert.equal(hostUrl(remote, { ingressPort: 80 }), "https://bos--alice.dev.example.com");
    assert.equal(hostUrl(local, { ingressPort: 16_448 }), "http://bos--alice.ed8k.localhost:16448");
    assert.equal(hostUrl(remote, { ingressPort: 8080 }), "http://bos--alice.dev.example.com:8080");
    assert.equal(hostUrl(remote, { ingressPort: 443 }), "https://bos--alice.dev.example.com");
  });

  it("have none at the Gateway of a cluster that ED8K has made, which listens without one", () => {
    const gateway = { namespace: "ed8k-gateway", name: "environments" };
    assert.deepEqual(
      [80, 443, 8080].map((ingressPort) => hostUrl("bos--alice.dev.example.com", { ingressPort, gateway })),
      [
        "http://bos--alice.dev.example.com",
        "http://bos--alice.dev.example.com:443",
        "http://bos--alice.dev.example.com:8080",
      ],
    );
  });
});
