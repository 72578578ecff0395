import type { Neighbours } from "../../../../ed8kctl/isolation/attempts/attempt.js";

/** alice's people try to reach bob. */
export const NEIGHBOURS: Neighbours = {
  from: "alice",
  fromOwner: "alice.smith",
  to: "bob",
  toPod: "bos-1",
  domain: "ed8k.localhost",
  ingressClass: "ed8k",
  cores: 8,
  registriesLimited: true,
};
