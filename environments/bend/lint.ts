import type { Fault } from "../../errors.js";
import type { Note } from "../plan/types.js";
import type { RenderedService } from "../render/rendered.js";
import { bendService, type BendOptions } from "./bend.js";

/** What an environment would say of a chart: what it refuses, and what it bends. Throws nothing. */
export function lintRendered(
  rendered: RenderedService,
  context: Pick<BendOptions, "environment" | "facts">,
): { readonly faults: readonly Fault[]; readonly notes: readonly Note[] } {
  const { faults, notes } = bendService(rendered, { ...context, bindings: undefined, routes: [] });
  return { faults, notes };
}
