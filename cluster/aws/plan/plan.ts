import { throwFaults, type Fault } from "../../../errors.js";
import type { AwsClusterSettings, EksSettings } from "../settings.js";
import { capacityFaults, partitionBudget } from "./capacity.js";
import { networkFaults, vpcFaults } from "./network-faults.js";
import { planSubnets, type SubnetPlan } from "./subnets.js";
import { clusterTags } from "./tags.js";
import { unknownVersionFaults } from "./versions.js";

/** What the AWS parts of a cluster are made from: the settings, and what is decided by them. */
export interface AwsPlan {
  readonly settings: AwsClusterSettings;
  readonly subnets: SubnetPlan;
  /** Replicas of partitions that all environments may have together on the shared Kafka. */
  readonly partitionBudget: number;
  /** Of every resource; `clusterTags` adds a name. */
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Decides a cluster's network and limits. The only checks that need more than one setting are here, so that a wrong
 * combination is told before anything is made.
 * @throws UserError (usage) that tells all faults at once
 */
export function planAws(settings: AwsClusterSettings): AwsPlan {
  const subnets = vpcFaults(settings.aws).length === 0 ? planSubnets(settings.aws) : undefined;
  throwFaults(`config of ${settings.name}`, [
    ...networkFaults(settings.aws),
    ...unknownVersionFaults(settings.eks.version),
    ...eksFaults(settings.eks),
    ...(subnets === undefined ? [] : capacityFaults(settings, subnets)),
  ]);
  if (subnets === undefined) throw new Error("unreachable: a VPC that cannot be divided is a fault");
  return { settings, subnets, partitionBudget: partitionBudget(settings.msk), tags: clusterTags(settings) };
}

function eksFaults(eks: EksSettings): readonly Fault[] {
  const { officeHours, maxNodes, system } = eks;
  const faults: Fault[] = [];
  if (officeHours.from >= officeHours.to) {
    faults.push({
      where: "ed8k:eks.officeHours",
      problem: `they end at ${officeHours.to}, which is not after their begin at ${officeHours.from} (hours in UTC)`,
      hint: "choose from: 7 and to: 18, for example",
    });
  }
  if (maxNodes <= system.nodes) {
    faults.push({
      where: "ed8k:eks.maxNodes",
      problem: `${maxNodes} nodes leave none for environments: ${system.nodes} of them are the system's`,
      hint: `choose more than ${system.nodes}`,
    });
  }
  return [...faults, ...roleFaults(eks)];
}

/** EKS has one access entry per role: one that is in two lists would be made twice. */
function roleFaults({ admins, developers, ci }: EksSettings): readonly Fault[] {
  const places = Object.entries({ admins, developers, ci }).flatMap(([list, roles]) =>
    roles.map((role, index) => ({ role, where: `ed8k:eks.${list}[${index}]` })),
  );
  return places.flatMap(({ role, where }) => {
    const first = places.find((place) => place.role === role);
    if (first === undefined || first.where === where) return [];
    return [{ where, problem: `"${role}" is ${first.where} as well`, hint: "a role is in one of the lists, once" }];
  });
}
