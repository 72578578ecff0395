import assert from "node:assert/strict";
import fc from "fast-check";
import { closure, findCycle, topologicalOrder, type Graph } from "../../../../services/resolution/graph.js";

const NAMES = ["a", "b", "c", "d", "e", "f", "g"];
const anyGraph: fc.Arbitrary<Graph> = fc.record(
  Object.fromEntries(NAMES.map((name) => [name, fc.subarray(NAMES.filter((other) => other !== name))])),
);
/** Each needs only names before it, in an order that is not that of the alphabet. */
const acyclic: fc.Arbitrary<Graph> = fc
  .shuffledSubarray(NAMES, { minLength: NAMES.length })
  .chain((order) =>
    fc.record(Object.fromEntries(order.map((name, index) => [name, fc.subarray(order.slice(0, index))]))),
  );

describe("the graph of services", () => {
  it("puts each after what it needs, by name where there is a choice [row 12]", () => {
    assert.deepEqual(topologicalOrder({ bos: ["fxsuite"], fxsuite: [], alpha: [], zeta: ["alpha", "bos"] }), [
      "alpha",
      "fxsuite",
      "bos",
      "zeta",
    ]);
  });

  it("always does so when there is no cycle", () => {
    fc.assert(
      fc.property(acyclic, (graph) => {
        const order = topologicalOrder(graph) ?? [];
        assert.deepEqual(order.toSorted(), NAMES);
        for (const [name, needs] of Object.entries(graph)) {
          for (const need of needs) assert.ok(order.indexOf(need) < order.indexOf(name), `${need} before ${name}`);
        }
      }),
    );
  });

  it("gives the same order however the names are given", () => {
    fc.assert(
      fc.property(acyclic, fc.shuffledSubarray(NAMES, { minLength: NAMES.length }), (graph, names) => {
        const same = Object.fromEntries(names.map((name) => [name, (graph[name] ?? []).toReversed()]));
        assert.deepEqual(topologicalOrder(same), topologicalOrder(graph));
      }),
    );
  });

  it("has no order exactly when it has a cycle, and tells a true one", () => {
    fc.assert(
      fc.property(anyGraph, (graph) => {
        const cycle = findCycle(graph);
        assert.equal(topologicalOrder(graph) === undefined, cycle !== undefined);
        if (cycle === undefined) return;
        assert.equal(cycle[0], cycle.at(-1));
        assert.equal(new Set(cycle).size, cycle.length - 1);
        for (const [index, name] of cycle.slice(0, -1).entries()) {
          assert.ok(graph[name]?.includes(cycle[index + 1] ?? ""), cycle.join(" → "));
        }
      }),
    );
  });

  it("tells a cycle from its first name on", () => {
    assert.deepEqual(findCycle({ z: ["c"], c: ["b"], b: ["a"], a: ["c"] }), ["a", "c", "b", "a"]);
  });

  it("closes over exactly what is needed [row 12]", () => {
    fc.assert(
      fc.property(anyGraph, fc.subarray(NAMES), (graph, names) => {
        const closed = closure(graph, names);
        for (const name of names) assert.ok(closed.includes(name));
        for (const name of closed) assert.ok(graph[name]?.every((need) => closed.includes(need)));
        // Minimal: without any other member it is not closed, or lacks a name.
        for (const left of closed.filter((name) => !names.includes(name))) {
          const rest = closed.filter((name) => name !== left);
          assert.ok(rest.some((name) => graph[name]?.includes(left)));
        }
      }),
    );
    assert.deepEqual(closure({ a: ["b"], b: ["c"], c: [], d: ["a"] }, ["a"]), ["a", "b", "c"]);
    assert.deepEqual(closure({ a: [], b: ["c"], c: ["b"] }, ["a"]), ["a"]);
  });
});
