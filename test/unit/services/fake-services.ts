import type { Catalogue } from "../../../services/catalogue.js";
import type { ResourceClaim } from "../../../services/claims.js";
import type { LoadService } from "../../../services/fetch/fetch-chart.js";
import type { ResolvedService } from "../../../services/resolved.js";

export interface FakeService {
  readonly needs?: readonly string[];
  readonly resources?: Readonly<Record<string, ResourceClaim>>;
}

export interface Fakes {
  readonly services: Readonly<Record<string, FakeService>>;
  readonly core?: readonly string[];
  readonly profiles?: Readonly<Record<string, readonly string[]>>;
}

/** A catalogue of services that lie nowhere, and what loads them. */
export function fakeCatalogue({ services, core = [], profiles = {} }: Fakes): {
  readonly catalogue: Catalogue;
  readonly load: LoadService;
} {
  const references = Object.keys(services).map((name) => [name, { from: "folder", path: `./${name}` }] as const);
  const catalogue: Catalogue = {
    file: "catalogue.yaml",
    folder: "/charts",
    core,
    services: Object.fromEntries(references),
    profiles,
  };
  const load: LoadService = (name, version = "1.0.0") => Promise.resolve(resolved(name, version, services[name] ?? {}));
  return { catalogue, load };
}

function resolved(name: string, version: string, { needs = [], resources = {} }: FakeService): ResolvedService {
  return {
    name,
    version,
    chart: `/charts/${name}`,
    source: `charts/${name}`,
    definition: {
      name,
      owner: "team",
      dependsOn: needs,
      resources,
      variables: {},
      routes: {},
      development: undefined,
    },
  };
}
