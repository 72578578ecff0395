import { asText, at, isJsonObject, type LiveObject } from "../../../../kube/object.js";
import { isSameQuantity } from "../quantity.js";
import { failed, type Readiness, readyWhen } from "./readiness.js";
import { conditionOf, listAt } from "./status.js";

export function namespaceReadiness(object: LiveObject): Readiness {
  return readyWhen(at(object, "status", "phase") === "Active", "it is not active");
}

export function claimReadiness(object: LiveObject): Readiness {
  const phase = asText(at(object, "status", "phase"));
  if (phase === "Lost") return failed("the volume of the claim is lost");
  return readyWhen(phase === "Bound", "no volume is bound to the claim");
}

export function volumeReadiness(object: LiveObject): Readiness {
  const phase = asText(at(object, "status", "phase"));
  if (phase === "Failed") return failed(`the volume has failed: ${asText(at(object, "status", "message"))}`);
  return readyWhen(phase === "Available" || phase === "Bound", "the volume is not available");
}

/** Until the quota controller has counted, everything that the quota covers is refused. */
export function quotaReadiness(object: LiveObject): Readiness {
  const [spec, status] = [at(object, "spec", "hard"), at(object, "status", "hard")];
  const wanted = isJsonObject(spec) ? Object.entries(spec) : [];
  const counted = wanted.every(([name, value]) => {
    const seen = isJsonObject(status) ? status[name] : undefined;
    return seen === value || isSameQuantity(["hard", name], seen, value);
  });
  return readyWhen(counted, "the quota is not counted yet");
}

export function definitionReadiness(object: LiveObject): Readiness {
  const names = conditionOf(object, "NamesAccepted");
  if (names.isFalse) return failed(`its names are not accepted: ${names.message}`);
  return readyWhen(conditionOf(object, "Established").isTrue, "the kind is not established");
}

/** A load balancer has an address. */
export function addressReadiness(object: LiveObject): Readiness {
  const addresses = listAt(object, "status", "loadBalancer", "ingress");
  return readyWhen(addresses.length > 0, "it has no address of a load balancer");
}

/** Some endpoint of a Service's EndpointSlice takes traffic. */
export function endpointReadiness(slice: LiveObject): Readiness {
  const ready = listAt(slice, "endpoints").some((endpoint) => at(endpoint, "conditions", "ready") !== false);
  return readyWhen(ready, "no pod that it selects is ready");
}

/** The token of a service account has been written into its Secret. */
export function tokenReadiness(object: LiveObject): Readiness {
  const needsToken = at(object, "type") === "kubernetes.io/service-account-token";
  return readyWhen(!needsToken || at(object, "data", "token") !== undefined, "it has no token yet");
}
