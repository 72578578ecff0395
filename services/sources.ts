import type { Work } from "../sandbox/tools/cache.js";
import { loadCatalogue, type Catalogue } from "./catalogue.js";
import { chartLoader, type LoadService } from "./fetch/fetch-chart.js";

/** Where services come from: the list of them, and what loads their charts. */
export interface Sources {
  readonly catalogue: Catalogue;
  readonly load: LoadService;
}

/**
 * Opens a catalogue.
 * @param root folder of the project, to which `file` is relative
 * @throws UserError when the file is missing or faulty
 */
export async function openSources(root: string, file: string, work: Work): Promise<Sources> {
  const catalogue = await loadCatalogue(root, file);
  return { catalogue, load: chartLoader({ root, catalogue, work }) };
}
