import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { selfSigned } from "../../../../sandbox/control-plane/self-signed.js";

describe("a certificate that no authority has signed", () => {
  const now = Date.parse("2026-11-24T10:00:00Z");
  const { certificate, key } = selfSigned("kube-apiserver-kubelet-client", now);
  const read = new X509Certificate(certificate);

  it("is signed by its own key, for one name and one year", () => {
    assert.equal(read.subject, "CN=kube-apiserver-kubelet-client");
    assert.equal(read.checkPrivateKey(createPrivateKey(key)), true);
    assert.equal(read.verify(read.publicKey), true);
    assert.equal(Date.parse(read.validFrom), now - 60_000);
    assert.equal(Date.parse(read.validTo), now + 365 * 24 * 60 * 60 * 1000);
  });

  it("is a client's, and no authority", () => {
    assert.deepEqual(read.keyUsage, ["1.3.6.1.5.5.7.3.2"]);
    assert.equal(read.ca, false);
  });
});
