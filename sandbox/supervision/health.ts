import { existsSync, readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { HealthCheck, UrlCheck } from "./component.js";

const TIMEOUT_MS = 3000;

/** True when the component says that it is well, within 3 s. */
export async function isHealthy(check: HealthCheck): Promise<boolean> {
  return "file" in check ? existsSync(check.file) : answers(check);
}

function answers({ url, certificate }: UrlCheck): Promise<boolean> {
  return new Promise((done) => {
    try {
      const request =
        certificate === undefined
          ? http.get(url, { agent: false })
          : https.get(url, { agent: false, ca: readFileSync(certificate) });
      request.once("response", (answer) => {
        answer.resume();
        done(answer.statusCode === 200);
      });
      request.once("error", () => done(false));
      request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error("no answer")));
    } catch {
      // The server writes its certificate at its first start.
      done(false);
    }
  });
}
