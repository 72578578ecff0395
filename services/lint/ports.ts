import { nameOf, objectsIn } from "../../environments/bend/manifests.js";
import { valueAt } from "../../environments/render/paths.js";
import { containersOf } from "./containers.js";
import type { LintRule } from "./rules.js";

/** Ports have names, and Services find the containers' ports by them: so a port can change in one place. */
export const lintPorts: LintRule = ({ manifest }) => {
  if (manifest.kind === "Service") return servicePorts(manifest);
  return containersOf(manifest).flatMap(({ path, container }) =>
    objectsIn(container["ports"]).flatMap((port, index) => {
      if (typeof port["name"] === "string") return [];
      const problem = `a port of ${nameOf(manifest)} has no name`;
      return [{ path: [...path, "ports", index], problem, hint: "name it, such as http" }];
    }),
  );
};

const servicePorts = (manifest: Parameters<LintRule>[0]["manifest"]): ReturnType<LintRule> => {
  // A Service without a selector finds no pods by a port's name.
  if (valueAt(manifest, ["spec", "selector"]) === undefined) return [];
  return objectsIn(valueAt(manifest, ["spec", "ports"])).flatMap((port, index) => {
    const path = ["spec", "ports", index];
    const { name, targetPort } = port;
    if (typeof name !== "string") {
      return [{ path, problem: `a port of ${nameOf(manifest)} has no name`, hint: "name it, such as http" }];
    }
    if (typeof targetPort === "string") return [];
    const problem = `the port ${name} of ${nameOf(manifest)} finds its container's port by number`;
    return [{ path, problem, hint: `write targetPort: and the name of the container's port, such as ${name}` }];
  });
};
