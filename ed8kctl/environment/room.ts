import type { EnvironmentConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import { listEnvironments } from "../live/list.js";
import type { Target } from "../target.js";

/** @throws UserError when the owner has as many environments as the cluster allows, not counting the one of this name */
export async function requireRoom(
  target: Pick<Target, "facts" | "client">,
  { name, owner }: EnvironmentConfig,
): Promise<void> {
  const { environments } = await listEnvironments(target);
  const others = environments.filter((one) => one.owner === owner && one.name !== name);
  const allowed = target.facts.environmentsPerOwner;
  if (others.length < allowed) return;
  throw new UserError(
    `${owner} has ${others.length} environments, and ${allowed} are allowed: ${others.map((one) => one.name).join(", ")}`,
    { hint: `remove one first: ed8kctl destroy ${others[0]?.name ?? "NAME"}` },
  );
}
