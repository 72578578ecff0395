/** What depends on what, by name: `graph[a]` are the names that `a` needs. */
export type Graph = Readonly<Record<string, readonly string[]>>;

/**
 * The names in an order in which each comes after all that it needs; where that leaves a choice, by name. The order
 * does not depend on the order in which names are given. Needs that are no names of the graph count as met.
 * @returns `undefined` when there is a cycle
 */
export function topologicalOrder(graph: Graph): readonly string[] | undefined {
  const waiting = new Set(Object.keys(graph).toSorted());
  const order: string[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find((name) => !needsOf(graph, name).some((need) => waiting.has(need)));
    if (next === undefined) return undefined;
    waiting.delete(next);
    order.push(next);
  }
  return order;
}

/** A cycle, from its first name by the alphabet back to itself; `undefined` when there is none. */
export function findCycle(graph: Graph): readonly string[] | undefined {
  const cleared = new Set<string>();
  const from = (name: string, path: readonly string[]): readonly string[] | undefined => {
    const start = path.indexOf(name);
    if (start >= 0) return rotate(path.slice(start));
    if (cleared.has(name)) return undefined;
    for (const need of needsOf(graph, name).toSorted()) {
      const cycle = from(need, [...path, name]);
      if (cycle) return cycle;
    }
    cleared.add(name);
    return undefined;
  };
  for (const name of Object.keys(graph).toSorted()) {
    const cycle = from(name, []);
    if (cycle) return cycle;
  }
  return undefined;
}

/** `names` and all that they need, and what that needs, by name. */
export function closure(graph: Graph, names: readonly string[]): readonly string[] {
  const found = new Set<string>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    open.push(...needsOf(graph, name));
  }
  return [...found].toSorted();
}

function needsOf(graph: Graph, name: string): readonly string[] {
  return Object.hasOwn(graph, name) ? (graph[name] ?? []) : [];
}

function rotate(cycle: readonly string[]): readonly string[] {
  const first = cycle.toSorted()[0] ?? "";
  const at = cycle.indexOf(first);
  return [...cycle.slice(at), ...cycle.slice(0, at), first];
}
