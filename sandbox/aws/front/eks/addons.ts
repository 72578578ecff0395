import type { Addon, CreateAddonRequest, UpdateAddonRequest } from "@aws-sdk/client-eks";
import { eksAddOnVersion } from "../../../../versions.js";
import { AwsError } from "../aws-error.js";
import { alive, begin, find, type Lived, statusOf } from "../lifecycle.js";
import { page } from "../operations.js";
import { addOnVersions, requireAddOn, requireAddOnVersion } from "./addon-versions.js";
import { uniqueArn } from "./arns.js";
import {
  clusterOf,
  type EksCall,
  type EksOperation,
  type EksShape,
  requireActive,
  required,
  seconds,
} from "./state.js";
import { noteUpdate } from "./updates.js";

const MANY = "/clusters/{name}/addons";
const ONE = `${MANY}/{addon}`;

/** Operations on add-ons. They are records: nothing is installed in the cluster. */
export const ADDONS: readonly EksOperation[] = [
  { name: "CreateAddon", method: "POST", path: MANY, answer: createAddon },
  {
    name: "DescribeAddon",
    method: "GET",
    path: ONE,
    readsOnly: true,
    answer: (call) => ({ addon: shown(addonOf(call), call.now) }),
  },
  { name: "ListAddons", method: "GET", path: MANY, readsOnly: true, answer: listAddons },
  { name: "UpdateAddon", method: "POST", path: `${ONE}/update`, answer: updateAddon },
  { name: "DeleteAddon", method: "DELETE", path: ONE, answer: deleteAddon },
  {
    name: "DescribeAddonVersions",
    method: "GET",
    path: "/addons/supported-versions",
    readsOnly: true,
    answer: addOnVersions,
  },
];

type LivedAddon = Lived<EksShape<Addon>>;

function createAddon(call: EksCall): object {
  const { now } = call;
  const cluster = clusterOf(call);
  requireActive(cluster, now);
  const request = call.body as EksShape<CreateAddonRequest>;
  const name = requireAddOn(required(request.addonName, "addonName"));
  const { addons, cluster: shownCluster } = cluster.value;
  if (find(addons, name, now) !== undefined) {
    throw new AwsError("ResourceInUseException", `Addon already exists.`);
  }
  const {
    podIdentityAssociations,
    resolveConflicts: _resolve,
    clientRequestToken: _token,
    namespaceConfig: _namespace,
    ...kept
  } = request;
  requireNoAssociations(podIdentityAssociations);
  const addon: LivedAddon = {
    phase: begin("CREATING", now),
    value: {
      ...kept,
      addonName: name,
      clusterName: shownCluster.name ?? "",
      addonVersion: requireAddOnVersion(
        name,
        request.addonVersion ?? eksAddOnVersion(name, shownCluster.version ?? ""),
      ),
      addonArn: uniqueArn(`addon/${shownCluster.name ?? ""}/${name}`),
      createdAt: seconds(now),
      modifiedAt: seconds(now),
      health: { issues: [] },
      tags: request.tags ?? {},
    },
  };
  addons[name] = addon;
  return { addon: shown(addon, now) };
}

/** ED8K makes associations as resources of their own; made here as well they would be there twice. */
function requireNoAssociations(associations: unknown): void {
  if (associations === undefined) return;
  throw new AwsError(
    "UnsupportedOperation",
    "the sandbox has no podIdentityAssociations of add-ons; make them with CreatePodIdentityAssociation",
  );
}

function addonOf(call: EksCall): LivedAddon {
  const name = call.params["addon"] ?? "";
  const addon = find(clusterOf(call).value.addons, name, call.now);
  if (addon !== undefined) return addon;
  throw new AwsError("ResourceNotFoundException", `No addon: ${name} found in cluster: ${call.params["name"] ?? ""}`);
}

function idleAddonOf(call: EksCall): LivedAddon {
  const addon = addonOf(call);
  const status = statusOf(addon, call.now);
  if (status === "ACTIVE") return addon;
  throw new AwsError("ResourceInUseException", `Addon cannot be changed: its status is ${status ?? "DELETING"}`);
}

function shown(addon: LivedAddon, now: number): EksShape<Addon> {
  return { ...addon.value, status: statusOf(addon, now) ?? "DELETING" };
}

function listAddons(call: EksCall): object {
  const names = alive(clusterOf(call).value.addons, call.now).map(({ value }) => value.addonName);
  const { items, ...next } = page(names, call.query);
  return { addons: items, ...next };
}

function updateAddon(call: EksCall): object {
  const addon = idleAddonOf(call);
  const { addonVersion, serviceAccountRoleArn, configurationValues, podIdentityAssociations } =
    call.body as EksShape<UpdateAddonRequest>;
  requireNoAssociations(podIdentityAssociations);
  const { value } = addon;
  if (addonVersion !== undefined) value.addonVersion = requireAddOnVersion(value.addonName ?? "", addonVersion);
  if (serviceAccountRoleArn !== undefined) value.serviceAccountRoleArn = serviceAccountRoleArn;
  if (configurationValues !== undefined) value.configurationValues = configurationValues;
  value.modifiedAt = seconds(call.now);
  addon.phase = begin("UPDATING", call.now);
  return noteUpdate(clusterOf(call).value, { type: "AddonUpdate", params: call.body as object, now: call.now });
}

function deleteAddon(call: EksCall): object {
  const addon = idleAddonOf(call);
  addon.phase = begin("DELETING", call.now);
  return { addon: shown(addon, call.now) };
}
