import {
  type Addon,
  CreateAddonCommand,
  DeleteAddonCommand,
  DescribeAddonCommand,
  type ResolveConflicts,
  UpdateAddonCommand,
} from "@aws-sdk/client-eks";
import { UserError } from "../../../../../errors.js";
import type { AwsClients } from "../../clients.js";
import type { AwsKind, Data } from "../../kind.js";
import { asGiven, isSame } from "../../meaning.js";
import { retryOn, unless, until } from "../../wait.js";
import { given } from "../known.js";
import { createOnce } from "../once.js";
import { tagsOf } from "../tags.js";
import { finished, GONE, IN_USE, partsOf, updateTags } from "./common.js";

interface Inputs {
  readonly clusterName: string;
  readonly addonName: string;
  readonly addonVersion?: string;
  /** JSON. */
  readonly configurationValues?: string;
  readonly serviceAccountRoleArn?: string;
  readonly resolveConflictsOnCreate?: ResolveConflicts;
  readonly resolveConflictsOnUpdate?: ResolveConflicts;
  /** Kept in the state alone: what it installed stays in the cluster when it is deleted. */
  readonly preserve?: boolean;
}

/** An add-on may wait for its pods. */
const ADDON_SECONDS = 20 * 60;

/** Something that EKS installs into a cluster and keeps; its id is `<cluster>:<add-on>`. */
export const addon: AwsKind = {
  type: "aws:eks/addon:Addon",
  inputs: {
    clusterName: "replace",
    addonName: "replace",
    addonVersion: "update",
    configurationValues: "update",
    serviceAccountRoleArn: "update",
    resolveConflictsOnCreate: "update",
    resolveConflictsOnUpdate: "update",
    preserve: "update",
    tags: "update",
  },
  required: ["clusterName", "addonName"],
  computed: ["arn", "createdAt", "modifiedAt"],
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { clusterName, addonName, resolveConflictsOnCreate: resolveConflicts } = inputs as unknown as Inputs;
    const id = `${clusterName}:${addonName}`;
    const eks = await clients.eks();
    const command = new CreateAddonCommand({
      clusterName,
      addonName,
      ...settingsOf(inputs),
      ...given({ resolveConflicts }),
      tags: tagsOf(inputs),
    });
    return createOnce({
      taken: IN_USE,
      inputs,
      make: async () => {
        await eks.send(command);
        return id;
      },
      find: async () => ({ id, live: await read(id, clients, inputs) }),
    });
  },
  settle: async (id, clients) => {
    await until({ what: `add-on ${id} to be ACTIVE`, seconds: ADDON_SECONDS, signal: clients.signal }, async () => {
      const found = await describe(id, clients);
      // Not DEGRADED: that it is as long as there is no node for its pods.
      if (!found?.status?.endsWith("FAILED")) return found?.status === "ACTIVE" ? true : undefined;
      const reasons = (found.health?.issues ?? []).map(({ code = "", message = "" }) => `${code} ${message}`);
      throw new UserError(`It has ended as ${found.status}: ${reasons.join("; ")}`);
    });
  },
  read,
  update: async (id, { old, inputs }, clients) => {
    const [clusterName, addonName] = partsOf(id);
    const { resolveConflictsOnUpdate: resolveConflicts } = inputs as unknown as Inputs;
    const live = await read(id, clients);
    if (live === undefined) throw new UserError(`Add-on ${id} is gone`);
    const settings = changedSettings(live, inputs);
    if (!isSame(asGiven(settingsOf(live), settings), settings)) {
      const eks = await clients.eks();
      const command = { clusterName, addonName, ...settings, ...given({ resolveConflicts }) };
      const { update } = await eks.send(new UpdateAddonCommand(command));
      await finished({ clusterName, addonName, update }, clients);
    }
    await updateTags({ arn: String(live["arn"]), old, inputs }, clients);
  },
  delete: async (id, clients, last) => {
    const [clusterName, addonName] = partsOf(id);
    const { preserve } = last as unknown as Inputs;
    const eks = await clients.eks();
    const wait = { what: `add-on ${id} to be gone`, seconds: ADDON_SECONDS, signal: clients.signal };
    const attempt = () => eks.send(new DeleteAddonCommand({ clusterName, addonName, ...given({ preserve }) }));
    await unless(GONE, () => retryOn(IN_USE, wait, attempt));
    await until(wait, async () => ((await describe(id, clients)) === undefined ? true : undefined));
  },
};

/** Values that are no longer given are taken away; a version that is not given stays what it is. */
function changedSettings(live: Data, inputs: Data) {
  const isDropped = live["configurationValues"] !== undefined && inputs["configurationValues"] === undefined;
  return { ...settingsOf(inputs), ...(isDropped ? { configurationValues: "" } : {}) };
}

/** What of an add-on can be set, when it is made and later. */
function settingsOf(data: Data) {
  const { addonVersion, configurationValues, serviceAccountRoleArn } = data as unknown as Inputs;
  return given({ addonVersion, configurationValues, serviceAccountRoleArn });
}

async function read(id: string, clients: AwsClients, last: Data = {}): Promise<Data | undefined> {
  const found = await describe(id, clients);
  if (found === undefined) return undefined;
  // Not kept by AWS; this is what it does when nothing is said.
  const {
    resolveConflictsOnCreate = "NONE",
    resolveConflictsOnUpdate = "NONE",
    preserve = false,
  } = last as Partial<Inputs>;
  return given({
    clusterName: found.clusterName,
    addonName: found.addonName,
    addonVersion: found.addonVersion,
    configurationValues: found.configurationValues === "" ? undefined : found.configurationValues,
    serviceAccountRoleArn: found.serviceAccountRoleArn,
    resolveConflictsOnCreate,
    resolveConflictsOnUpdate,
    preserve,
    arn: found.addonArn,
    createdAt: found.createdAt?.toISOString(),
    modifiedAt: found.modifiedAt?.toISOString(),
    tags: found.tags ?? {},
  });
}

async function describe(id: string, clients: AwsClients): Promise<Addon | undefined> {
  const [clusterName, addonName] = partsOf(id);
  const eks = await clients.eks();
  return (await unless(GONE, () => eks.send(new DescribeAddonCommand({ clusterName, addonName }))))?.addon;
}
