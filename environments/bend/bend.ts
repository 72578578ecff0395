import type { Fault } from "../../errors.js";
import { type Entry, hostUrl } from "../plan/address.js";
import type { Note, PlannedRoute } from "../plan/types.js";
import { locate } from "../render/locate.js";
import type { RenderedObject, RenderedService } from "../render/rendered.js";
import type { BendContext, BentObject, Refusal, Rule } from "./context.js";
import { exposedRoutes } from "./exposure.js";
import { inPlaceOfIngress } from "./ingress-routes.js";
import { environmentHosts, ingressRoutes } from "./hosts.js";
import { chartNotes, unstableNotes } from "./notes.js";
import { refuseAccess } from "./refusals/access.js";
import { refuseExternalNames } from "./refusals/external-names.js";
import { refuseImages } from "./refusals/images.js";
import { refuseLabels } from "./refusals/labels.js";
import { refuseNamespace } from "./refusals/namespace.js";
import { refuseUnsafePods } from "./refusals/pod-security.js";
import { refuseQuantities } from "./refusals/quantities.js";
import { refuseScope } from "./refusals/scope.js";
import { bendBudgets } from "./rules/budgets.js";
import { bendFinalizers } from "./rules/finalizers.js";
import { bendHooks } from "./rules/hooks.js";
import { bendImages } from "./rules/images.js";
import { bendIngresses } from "./rules/ingresses.js";
import { bendJobs } from "./rules/jobs.js";
import { bendLabels } from "./rules/labels.js";
import { bendLimits } from "./rules/limits.js";
import { bendPods } from "./rules/pods.js";
import { bendPolicies } from "./rules/policies.js";
import { bendServices } from "./rules/services.js";
import { bendVolumes } from "./rules/volumes.js";

/** Each with the name by which messages and docs/charts.md call it. */
export const REFUSALS: Readonly<Record<string, Refusal>> = {
  scope: refuseScope,
  namespace: refuseNamespace,
  labels: refuseLabels,
  access: refuseAccess,
  images: refuseImages,
  "pod-security": refuseUnsafePods,
  "external-names": refuseExternalNames,
  quantities: refuseQuantities,
};

/** In this order: hooks tell first what stays at all, and a Job's name holds a hash of all that was done before. */
export const RULES: Readonly<Record<string, Rule>> = {
  hooks: bendHooks,
  policies: bendPolicies,
  budgets: bendBudgets,
  services: bendServices,
  ingresses: bendIngresses,
  labels: bendLabels,
  volumes: bendVolumes,
  finalizers: bendFinalizers,
  images: bendImages,
  pods: bendPods,
  limits: bendLimits,
  jobs: bendJobs,
};

/** What one chart's objects become in an environment. */
export interface BentService {
  readonly objects: readonly BentObject[];
  /** Routes in place of Services for the outside; their Ingresses are still to be made. */
  readonly exposed: readonly PlannedRoute[];
  /** Routes that the chart's own Ingresses make. */
  readonly ingresses: readonly PlannedRoute[];
  readonly notes: readonly Note[];
  readonly faults: readonly Fault[];
}

export type BendOptions = Pick<BendContext, "environment" | "facts" | "bindings"> & {
  /** Routes that the service's `ed8k.yaml` has. */
  readonly routes: readonly PlannedRoute[];
};

/** Bends what is harmless in a chart for a cluster of its own, and finds what must be refused. */
export function bendService(rendered: RenderedService, { routes, ...options }: BendOptions): BentService {
  const service = rendered.service.name;
  const manifests = rendered.objects.map(({ manifest }) => manifest);
  const { domain, ingressClass } = options.facts;
  const names = { environment: options.environment, service, domain, ingressClass };
  const hosts = environmentHosts(
    manifests,
    names,
    routes.map(({ name }) => name),
  );
  const context = { ...options, service, hosts, manifests };
  const bent = rendered.objects.map((object) => bendObject(object, context));
  const kept = bent.flatMap(({ object }) => object ?? []);
  const ingresses = distinct(
    kept.flatMap(({ manifest }) => ingressRoutes(manifest)),
    ({ host }) => host,
  );
  const routed = kept.map((object) => inPlaceOfIngress(object, manifests, options.facts.gateway));
  const exposed = exposedRoutes(manifests, names, [...routes, ...ingresses]);
  return {
    objects: routed.flatMap(({ objects }) => objects),
    exposed,
    ingresses,
    notes: distinct(
      [
        ...bent.flatMap(({ notes }) => notes),
        ...routed.flatMap(({ notes }) => notes.map((text) => ({ subject: service, rule: "bent", text }))),
        ...exposed.map((route) => routeNote(service, route, options.facts)),
        ...chartNotes(rendered),
      ],
      ({ rule, text }) => `${rule} ${text}`,
    ),
    faults: rendered.objects.flatMap((object) => refuse(rendered, object, context)),
  };
}

/** What many objects have in common is told once; several Ingresses may share the paths of one host. */
function distinct<T>(all: readonly T[], keyOf: (one: T) => string): T[] {
  const first = new Map(all.toReversed().map((one) => [keyOf(one), one]));
  return all.filter((one) => first.get(keyOf(one)) === one);
}

function bendObject(origin: RenderedObject, context: BendContext) {
  const notes: Note[] = unstableNotes(origin, context.service);
  let object: BentObject | undefined = unbent(origin);
  for (const [name, rule] of Object.entries(RULES)) {
    if (object === undefined) break;
    const bent = rule(object, context);
    object = bent.object;
    const kind = name === "hooks" ? "hook" : "bent";
    notes.push(...bent.notes.map((text) => ({ subject: context.service, rule: kind, text })));
  }
  return { object, notes };
}

/** An object of a chart as it was rendered. */
export function unbent(origin: RenderedObject): BentObject {
  return { manifest: origin.manifest, phase: "main", weight: 0, once: false, origin };
}

function refuse(rendered: RenderedService, object: RenderedObject, context: BendContext): Fault[] {
  // What will not be part of the environment needs no refusal.
  if (bendHooks(unbent(object)).object === undefined) return [];
  return Object.entries(REFUSALS).flatMap(([rule, find]) =>
    find(object.manifest, context).map(({ path, problem, hint }) => ({
      where: locate(rendered, object, path),
      problem: `${problem} [${rule}]`,
      hint,
    })),
  );
}

function routeNote(service: string, { service: target, host }: PlannedRoute, entry: Entry): Note {
  const text = `Service "${target}" answers at ${hostUrl(host, entry)}`;
  return { subject: service, rule: "bent", text };
}
