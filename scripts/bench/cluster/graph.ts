import type { ValueMap } from "../../../sandbox/providers/plugin/values.js";

/** One AWS resource as a stack's state has it. */
export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
  readonly inputs: ValueMap;
  readonly outputs: ValueMap;
  /** Names of the AWS resources that it comes after. */
  readonly dependencies: readonly string[];
}

interface Exported {
  readonly deployment: {
    readonly resources: readonly (Partial<Resource> & {
      readonly urn: string;
      readonly type: string;
      readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
    })[];
  };
}

/** The AWS resources of what `pulumi stack export` prints, each after those that it depends on: the engine keeps them so. */
export function awsGraph(exported: string): readonly Resource[] {
  const { deployment } = JSON.parse(exported) as Exported;
  const ofAws = deployment.resources.filter(({ type }) => type.startsWith("aws:"));
  const urns = new Set(ofAws.map(({ urn }) => urn));
  return ofAws.map(({ urn, type, id = "", inputs = {}, outputs = {}, ...edges }) => {
    const named = [...(edges.dependencies ?? []), ...Object.values(edges.propertyDependencies ?? {}).flat()];
    return { urn, type, id, inputs, outputs, dependencies: [...new Set(named)].filter((name) => urns.has(name)) };
  });
}

/** Shorter texts, such as a revision, are nobody's name. */
const SHORTEST_NAME = 8;

/** What AWS calls things, as it was in the state and as it is now. */
export class Renamed {
  readonly #names = new Map<string, string>();

  /** Learns from one resource, before and now, what is called otherwise: its id, its ARN and the like. */
  learn(before: unknown, now: unknown): void {
    if (typeof before === "string" && typeof now === "string") {
      if (before !== now && before.length >= SHORTEST_NAME) this.#names.set(before, now);
    } else if (isMap(before) && isMap(now)) {
      for (const [name, value] of Object.entries(before)) this.learn(value, now[name]);
    }
  }

  /** The same inputs with the names of now, within longer texts such as policies too. */
  apply(inputs: ValueMap): ValueMap {
    // The longest first: an ARN may hold an id.
    const names = [...this.#names].toSorted(([one], [other]) => other.length - one.length);
    const reword = (text: string): string => names.reduce((said, [before, now]) => said.replaceAll(before, now), text);
    return JSON.parse(JSON.stringify(inputs), (_, value: unknown) =>
      typeof value === "string" ? reword(value) : value,
    ) as ValueMap;
  }
}

/** Lists are left out: AWS gives them in any order. */
function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
