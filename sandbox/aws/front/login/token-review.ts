import { z } from "zod";
import { authenticate } from "../../login/authenticate.js";
import type { Claim } from "../../login/parse-token.js";
import { CLUSTER_HEADER } from "../../login/sts-url.js";
import type { Identity } from "../../login/user.js";
import { type Answer, jsonAnswer } from "../answer.js";
import { element } from "../ec2/xml.js";
import type { Emulator } from "../emulator.js";
import { alive } from "../lifecycle.js";
import type { Services } from "../services.js";

const schema = z.object({ spec: z.object({ token: z.string() }) });

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#webhook-token-authentication */
export async function reviewToken(
  review: unknown,
  { services, port }: { readonly services: Services; readonly port: number },
): Promise<Answer> {
  const parsed = schema.safeParse(review);
  const { stores, emulator, clock } = services;
  const now = clock();
  const user = parsed.success
    ? await authenticate(parsed.data.spec.token, {
        hosts: [`127.0.0.1:${port}`, `localhost:${port}`],
        now,
        clusters: alive(stores.eks.data.clusters, now).map(({ value }) => value),
        secretOf: services.secretOf,
        identify: (claim, cluster) => identify(emulator, claim, cluster),
      })
    : "this is no TokenReview";
  const status = typeof user === "string" ? { authenticated: false, error: user } : { authenticated: true, user };
  return jsonAnswer({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status });
}

/** Calls STS with the very URL that was signed, as EKS does. */
async function identify(emulator: Emulator, { url }: Claim, cluster: string): Promise<Identity | undefined> {
  const headers = { host: url.host, [CLUSTER_HEADER]: cluster };
  const { status, body } = await emulator.ask({ method: "GET", path: url.pathname + url.search, headers, body: "" });
  const xml = String(body);
  const arn = element(xml, "Arn");
  if (status !== 200 || arn === "") return undefined;
  return { arn, account: element(xml, "Account"), userId: element(xml, "UserId") };
}
