import type { ClusterFacts } from "../../cluster/outputs.js";
import type { Fault } from "../../errors.js";
import { bendService } from "../bend/bend.js";
import { refuseImages } from "../bend/refusals/images.js";
import type { RenderedService } from "../render/rendered.js";
import { planBindings } from "./bindings.js";
import { fulfilClaims } from "./claims.js";
import { inOrder, toPlanned } from "./order.js";
import { definedRoutes, routeFaults, routeObjects } from "./routes.js";
import type { GeneratedSecret, Note, PlannedObject, PlannedService } from "./types.js";

export interface ServicePlan {
  readonly service: PlannedService;
  readonly secrets: readonly GeneratedSecret[];
  readonly notes: readonly Note[];
  readonly faults: readonly Fault[];
}

export interface ServicePlanOptions {
  readonly environment: string;
  readonly facts: ClusterFacts;
  /** Ids of the environment's own objects that must be there before a pod starts. */
  readonly walls: readonly string[];
}

/** What one service becomes: its claims' objects, its bindings, the objects of its chart and its routes. */
export function planService(rendered: RenderedService, options: ServicePlanOptions): ServicePlan {
  const { service } = rendered;
  const { environment, facts, walls } = options;
  const { domain, ingressClass } = facts;
  const names = { environment, service: service.name, domain, ingressClass };
  const { claims, fulfilments, notes: claimNotes } = fulfilClaims(service, { environment, facts });
  const { bindings, objects: bindingObjects, notes: bindingNotes } = planBindings(service, environment, fulfilments);
  const defined = definedRoutes(service.definition.routes, names);
  const bent = bendService(rendered, { environment, facts, bindings, routes: defined });
  const claimObjects = [...fulfilments.values()].flatMap(({ objects }) => objects);
  const own = [...defined, ...bent.exposed];
  const manifests = rendered.objects.map(({ manifest }) => manifest);
  const chart = bent.objects.map((object) => ({
    ...toPlanned(object, service.name),
    phase: object.phase,
    weight: object.weight,
  }));
  return {
    service: {
      name: service.name,
      version: service.version,
      owner: service.definition.owner,
      dependsOn: service.definition.dependsOn,
      objects: [
        ...inOrder({ claims: claimObjects, bindings: bindingObjects, chart, walls }),
        ...routeObjects(own, manifests, { ...names, gateway: facts.gateway }),
      ],
      claims,
      routes: [...own, ...bent.ingresses],
    },
    secrets: [...fulfilments.values()].flatMap(({ secrets }) => secrets),
    notes: [...claimNotes, ...bindingNotes, ...bent.notes],
    faults: [...bent.faults, ...routeFaults(rendered), ...claimFaults(claimObjects, options, service.name)],
  };
}

/**
 * Images of databases must be allowed too, or the cluster refuses them one after the other. They are taken from
 * elsewhere already.
 */
function claimFaults(objects: readonly PlannedObject[], options: ServicePlanOptions, service: string): Fault[] {
  const facts = { ...options.facts, images: [] };
  const context = { ...options, facts, service, bindings: undefined, hosts: {}, manifests: [] };
  return objects.flatMap(({ id, manifest }) =>
    refuseImages(manifest, context).map(({ problem }) => ({
      where: id,
      problem,
      hint: "ask the platform team to add its registry to ed8k:allowedRegistries of the cluster",
    })),
  );
}
