import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { putFile } from "../tree.js";

const MOZILLA = "usr/share/ca-certificates/mozilla";

/** Writes the one file of all certificate authorities that programs read, which Debian's own script else makes. */
export function putCertificates(root: string): void {
  const names = readdirSync(join(root, MOZILLA)).sort();
  const content = names.map((name) => `${readFileSync(join(root, MOZILLA, name), "utf8").trim()}\n`).join("");
  putFile(root, "etc/ssl/certs/ca-certificates.crt", { content });
}
