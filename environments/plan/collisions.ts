import type { Fault } from "../../errors.js";
import type { PlannedObject, PlannedService } from "./types.js";

/** Objects that two makers want: two services, a chart and its own bindings, a chart and the environment itself. */
export function collisionFaults(tenancy: readonly PlannedObject[], services: readonly PlannedService[]): Fault[] {
  const owners = new Map(tenancy.map((object) => [identity(object), "the environment itself"]));
  return services.flatMap(({ name, objects }) =>
    objects.flatMap((object): Fault[] => {
      const key = identity(object);
      const other = owners.get(key);
      if (other === undefined) owners.set(key, name);
      if (other === undefined) return [];
      const problem =
        other === name
          ? "is made twice: by the chart and by a claim, a binding or a route of the service"
          : `is made by ${other} too, and one namespace holds only one of the name`;
      return [{ where: object.id, problem, hint: "let the chart's names begin with {{ .Release.Name }}" }];
    }),
  );
}

/** Two versions of one API show the same objects. */
function identity({ manifest: { apiVersion, kind, metadata } }: PlannedObject): string {
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  return `${group}/${kind}/${metadata.name}`;
}
