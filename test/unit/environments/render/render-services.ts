import { Rendering, type RenderOptions } from "../../../../environments/render/render.js";
import type { RenderedService } from "../../../../environments/render/rendered.js";
import type { ResolvedService } from "../../../../services/resolved.js";

/** Renders charts that are known already. */
export function renderServices(
  services: readonly ResolvedService[],
  options: RenderOptions,
): Promise<readonly RenderedService[]> {
  const rendering = new Rendering(options);
  for (const service of services) rendering.add(service);
  return rendering.results(services);
}
