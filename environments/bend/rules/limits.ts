import type { JsonObject } from "../../../kube/manifest.js";
import { parseQuantity } from "../../../kube/quantity.js";
import { DEFAULT_REQUESTS } from "../../size.js";
import type { Rule } from "../context.js";
import { asObject } from "../manifests.js";
import { withContainers, withPodTemplate } from "../pods.js";

const DEFAULT_LIMIT = parseQuantity(DEFAULT_REQUESTS.memoryLimit) ?? 0;

/**
 * A container that asks for more memory than the environment's default limit, and sets no limit of its own, would be
 * refused for asking more than it may have; its request becomes its limit.
 */
export const bendLimits: Rule = (object) => ({
  object: {
    ...object,
    manifest: withPodTemplate(object.manifest, (template) => withContainers(template, withMemoryLimit)),
  },
  notes: [],
});

function withMemoryLimit(container: JsonObject): JsonObject {
  const resources = asObject(container["resources"]);
  const limits = asObject(resources["limits"]);
  const request = asObject(resources["requests"])["memory"];
  if ((limits["memory"] ?? null) !== null || (parseQuantity(request) ?? 0) <= DEFAULT_LIMIT) return container;
  return { ...container, resources: { ...resources, limits: { ...limits, memory: request } } };
}
