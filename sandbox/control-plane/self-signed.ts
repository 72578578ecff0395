import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";

/** A certificate and its key, as PEM. The key is a secret. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000;

/** A certificate for a client that no authority has signed: whoever is to trust it knows exactly this one. */
export function selfSigned(commonName: string, now: number): Certified {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const key = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: "spki", format: "pem" }).toString());
  // Positive and not zero: RFC 5280, section 4.1.2.2.
  made.serialNumber = `01${randomBytes(15).toString("hex")}`;
  made.validity.notBefore = new Date(now - 60_000);
  made.validity.notAfter = new Date(now + YEAR_MS);
  const subject = [{ name: "commonName", value: commonName }];
  made.setSubject(subject);
  made.setIssuer(subject);
  made.setExtensions([
    { name: "basicConstraints", cA: false, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, critical: true },
    { name: "extKeyUsage", clientAuth: true },
  ]);
  made.sign(forge.pki.privateKeyFromPem(key), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made), key };
}
