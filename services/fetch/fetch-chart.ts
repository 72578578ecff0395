import { isAbsolute, relative, resolve } from "node:path";
import { UserError } from "../../errors.js";
import type { Catalogue, ChartReference } from "../catalogue.js";
import { readChart } from "./chart.js";
import { readService, SERVICE_FILE } from "../parse-service.js";
import { pullChart, type PullOptions } from "./pull-chart.js";
import type { ResolvedService } from "../resolved.js";

export interface FetchOptions extends PullOptions {
  /** Folder of the project; messages tell paths relative to it. */
  readonly root: string;
  readonly catalogue: Catalogue;
}

/** Finds a service of the catalogue; another version than the catalogue's where one is given. */
export type LoadService = (name: string, version?: string) => Promise<ResolvedService>;

/**
 * Loads services from where their charts are: from folders, or pulled once into the cache.
 * @throws UserError from the returned function, when a chart cannot be had or is no service
 */
export function chartLoader(options: FetchOptions): LoadService {
  return async (name, version) => {
    const reference = options.catalogue.services[name];
    if (reference === undefined) throw new Error(`unreachable: ${name} was not looked up in the catalogue`);
    const { folder, source } = await locate(reference, version, options);
    const chart = await readChart(folder, source);
    if (version !== undefined && chart.version !== version) throw wrongVersion(name, version, { source, chart });
    const definition = await readService(folder, source);
    if (definition.name !== name) {
      throw new UserError(
        `${source}/${SERVICE_FILE}: metadata.name is "${definition.name}", but ${options.catalogue.file} calls the service "${name}"`,
        { hint: "give both the same name", exit: "usage" },
      );
    }
    return { name, version: chart.version, chart: folder, source, definition };
  };
}

interface Located {
  readonly folder: string;
  readonly source: string;
}

async function locate(reference: ChartReference, version: string | undefined, options: FetchOptions): Promise<Located> {
  if (reference.from === "folder") {
    const folder = resolve(options.catalogue.folder, reference.path);
    return { folder, source: shownPath(options.root, folder) };
  }
  const remote = { ...reference, version: version ?? reference.version };
  const address = remote.from === "oci" ? remote.chart : `${remote.repository.replace(/\/$/, "")}/${remote.chart}`;
  return { folder: await pullChart(remote, options), source: `${address}:${remote.version}` };
}

/** Relative where that is shorter to read: a chart of a neighbouring checkout is `../ledger/chart`. */
function shownPath(root: string, folder: string): string {
  const path = relative(root, folder);
  return path === "" ? "." : isAbsolute(path) ? folder : path;
}

function wrongVersion(
  name: string,
  version: string,
  { source, chart }: { readonly source: string; readonly chart: { readonly version: string } },
): UserError {
  return new UserError(`${name} ${version} is not to be had: ${source} holds version ${chart.version}`, {
    hint: `take "${name}" out of ed8k:versions, or name a registry in the catalogue that has the version`,
    exit: "usage",
  });
}
