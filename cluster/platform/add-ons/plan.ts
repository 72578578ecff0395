import type { EksClusterConfig } from "../../../config.js";
import { throwFaults, type Fault } from "../../../errors.js";
import { suggest } from "../../../suggest.js";
import type { AddOn, AddOnParts } from "./add-on.js";
import { ADD_ON_NAMES, ADD_ONS, type AddOnName } from "./catalogue.js";

/** An add-on that a cluster has, decided. */
export interface AddOnPlan extends AddOnParts {
  readonly name: AddOnName;
  /** Add-ons of this cluster that come before it, and go after it. */
  readonly needs: readonly string[];
  readonly eksAddOn: AddOn["eksAddOn"];
}

/**
 * The add-ons of a cluster on EKS, by its config; what others need comes first.
 * @throws UserError (usage) that tells all faults of `ed8k:addOns`
 */
export function planAddOns({ config }: { readonly config: EksClusterConfig }): readonly AddOnPlan[] {
  const isOn = (name: AddOnName): boolean => config.addOns[name] ?? ADD_ONS[name].isOn(config);
  const on = ADD_ON_NAMES.filter(isOn);
  throwFaults(`config of ${config.name}`, [...unknownNames(config), ...unmetNeeds(on)]);
  return on.map((name) => {
    const { needs = [], eksAddOn, plan }: AddOn = ADD_ONS[name];
    return { name, needs, eksAddOn, ...plan(config) };
  });
}

function unknownNames({ addOns }: EksClusterConfig): Fault[] {
  return Object.keys(addOns)
    .filter((name) => !(ADD_ON_NAMES as readonly string[]).includes(name))
    .map((name) => {
      const near = suggest(name, ADD_ON_NAMES);
      const hint = near === undefined ? `there are ${ADD_ON_NAMES.join(", ")}` : `did you mean ${near}?`;
      return { where: "ed8k:addOns", problem: `"${name}" is no add-on`, hint };
    });
}

function unmetNeeds(on: readonly AddOnName[]): Fault[] {
  return on.flatMap((name) => {
    const { needs = [] }: AddOn = ADD_ONS[name];
    const missing = needs.filter((need) => !(on as readonly string[]).includes(need));
    if (missing.length === 0) return [];
    const problem = `${name} is of no use without ${missing.join(", ")}, which is switched off`;
    return [{ where: "ed8k:addOns", problem, hint: `switch both on, or ${name} off too` }];
  });
}
