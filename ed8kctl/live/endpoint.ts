import { UserError } from "../../errors.js";
import { asList, asText, at, type LiveObject } from "../../kube/object.js";
import { LABELS } from "../../naming.js";
import { suggest } from "../../suggest.js";
import { serviceOf } from "./read.js";

/** A port of a Kubernetes Service. */
export interface Endpoint {
  readonly service: string;
  readonly port: number;
  /** Empty where the Service has one port and does not name it. */
  readonly portName: string;
}

export interface EndpointChoice {
  /** A service of the environment, or the name of a Kubernetes Service. */
  readonly wanted: string;
  /** A port's name or number. @default the first */
  readonly port: string | undefined;
  readonly services: readonly LiveObject[];
  /** Ingresses, and HTTPRoutes where the cluster has a Gateway. */
  readonly routes: readonly LiveObject[];
}

/** @throws UserError when there is no such service or port, or several are meant and none of them has a route */
export function chooseEndpoint(choice: EndpointChoice): Endpoint {
  const service = chooseService(choice);
  const ports = asList(at(service["spec"], "ports"));
  const { port, wanted } = choice;
  const found =
    port === undefined ? ports[0] : ports.find((one) => at(one, "name") === port || at(one, "port") === Number(port));
  const number = at(found, "port");
  const portName = asText(at(found, "name"));
  if (typeof number === "number") return { service: service.metadata.name, port: number, portName };
  const known = ports.map((one) => `${asText(at(one, "name"))} ${JSON.stringify(at(one, "port"))}`.trim());
  throw new UserError(`${wanted} has no port "${port ?? ""}"; it has ${known.join(", ") || "none"}`, {
    exit: "notFound",
  });
}

function chooseService({ wanted, services, routes }: EndpointChoice): LiveObject {
  const named = services.find(({ metadata }) => metadata.name === wanted);
  // What fulfils a claim is reached by its own name.
  const own = services.filter((one) => serviceOf(one) === wanted && !(LABELS.claim in (one.metadata.labels ?? {})));
  const routed = own.find(({ metadata }) => routes.some((route) => backends(route).has(metadata.name)));
  const chosen = named ?? routed ?? (own.length === 1 ? own[0] : undefined);
  if (chosen !== undefined) return chosen;
  const names = (own.length > 0 ? own : services).map(({ metadata }) => metadata.name);
  const near = suggest(wanted, names);
  throw new UserError(
    own.length > 0
      ? `${wanted} has several Kubernetes Services: ${names.join(", ")}`
      : `there is no service "${wanted}"; there are ${names.join(", ") || "none"}`,
    {
      exit: own.length > 0 ? "usage" : "notFound",
      ...(near === undefined ? {} : { hint: `did you mean ${near}?` }),
    },
  );
}

/** The Kubernetes Services that a route leads to. */
function backends({ spec }: LiveObject): ReadonlySet<string> {
  const rules = asList(at(spec, "rules"));
  const ofIngress = rules
    .flatMap((rule) => asList(at(rule, "http", "paths")))
    .map((path) => at(path, "backend", "service", "name"));
  const ofHttpRoute = rules.flatMap((rule) => asList(at(rule, "backendRefs"))).map((backend) => at(backend, "name"));
  return new Set([...ofIngress, ...ofHttpRoute].map(asText));
}
