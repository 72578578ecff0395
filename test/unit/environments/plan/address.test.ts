import assert from "node:assert/strict";
import { hostUrl } from "../../../../environments/plan/address.js";

describe("addresses", () => {
  it("have no certificate on the own machine, and one everywhere else", () => {
    const [local, remote] = ["bos--alice.ed8k.localhost", "bos--alice.dev.example.com"] as const;
    assert.equal(hostUrl(local, 80), "http://bos--alice.ed8k.localhost");
    assert.equal(hostUrl(remote, 80), "https://bos--alice.dev.example.com");
    assert.equal(hostUrl(local, 16_448), "http://bos--alice.ed8k.localhost:16448");
    assert.equal(hostUrl(remote, 8080), "http://bos--alice.dev.example.com:8080");
    assert.equal(hostUrl(remote, 443), "https://bos--alice.dev.example.com");
  });
});
