import { randomBytes } from "node:crypto";
import type { Answer } from "../answer.js";
import { AwsError } from "../aws-error.js";
import { begin, type Lived, statusOf } from "../lifecycle.js";
import { type Ec2Action, ec2Answer, type Ec2Call, fields, listOf, type NatGateway, numbered, tagsIn } from "./state.js";
import { element } from "./xml.js";

/** The emulator knows no regional gateways, nor the addresses of any. */
export const NAT_GATEWAYS: Readonly<Record<string, Ec2Action>> = {
  CreateNatGateway: create,
  DescribeNatGateways: describe,
  DeleteNatGateway: remove,
  ReleaseAddress: releaseAddress,
  CreateTags: (call) => changeTags(call, "CreateTags"),
  DeleteTags: (call) => changeTags(call, "DeleteTags"),
};

async function create({ state, form, now, ask }: Ec2Call): Promise<Answer> {
  const mode = form.get("AvailabilityMode") === "regional" ? "regional" : "zonal";
  const subnet = form.get("SubnetId") ?? undefined;
  const allocation = form.get("AllocationId") ?? undefined;
  const connectivity = form.get("ConnectivityType") ?? "public";
  const isPlaced = mode === "zonal" ? subnet !== undefined : subnet === undefined && form.has("VpcId");
  if (!isPlaced)
    throw new AwsError(
      "MissingParameter",
      `a ${mode} NAT gateway needs ${mode === "zonal" ? "SubnetId" : "VpcId, and no SubnetId"}`,
    );
  if (mode === "zonal" && connectivity === "public" && allocation === undefined) {
    throw new AwsError("MissingParameter", "The request must contain the parameter AllocationId");
  }
  const place = await ask(
    subnet === undefined
      ? { Action: "DescribeVpcs", "VpcId.1": form.get("VpcId") ?? "" }
      : { Action: "DescribeSubnets", "SubnetId.1": subnet },
  );
  if (place.status !== 200) return place;
  const address =
    allocation === undefined ? undefined : await ask({ Action: "DescribeAddresses", "AllocationId.1": allocation });
  if (address !== undefined && address.status !== 200) return address;
  const gateway: NatGateway = {
    id: `nat-${randomBytes(9).toString("hex").slice(0, 17)}`,
    vpc: element(String(place.body), "vpcId"),
    connectivity,
    mode,
    createdAt: new Date(now).toISOString(),
    tags: tagsIn(form),
    ...(subnet === undefined ? {} : { subnet }),
    ...(allocation === undefined ? {} : { allocation, publicIp: element(String(address?.body), "publicIp") }),
  };
  const lived = { value: gateway, phase: begin("CREATING", now) };
  state.natGateways[gateway.id] = lived;
  return ec2Answer("CreateNatGateway", `<natGateway>${shown(lived, now)}</natGateway>`);
}

function stateOf(lived: Lived<NatGateway>, now: number): "pending" | "available" | "deleting" | "deleted" {
  const status = statusOf(lived, now);
  if (status === undefined) return "deleted";
  return status === "CREATING" ? "pending" : status === "DELETING" ? "deleting" : "available";
}

function shown(lived: Lived<NatGateway>, now: number): string {
  const { value } = lived;
  const address = fields({
    allocationId: value.allocation,
    publicIp: value.publicIp,
    isPrimary: "true",
    status: "succeeded",
  });
  return [
    fields({
      natGatewayId: value.id,
      vpcId: value.vpc,
      subnetId: value.subnet,
      state: stateOf(lived, now),
      createTime: value.createdAt,
      connectivityType: value.connectivity,
      availabilityMode: value.mode,
    }),
    listOf("natGatewayAddressSet", value.allocation === undefined ? [] : [address]),
    listOf(
      "tagSet",
      Object.entries(value.tags).map(([key, tag]) => fields({ key, value: tag })),
    ),
  ].join("");
}

/** How long a deleted gateway is still listed, in milliseconds. https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-troubleshooting.html */
const LISTED_MS = 60 * 60 * 1000;

function describe({ state, form, now }: Ec2Call): Answer {
  for (const { value, phase } of Object.values(state.natGateways)) {
    const isForgotten = value.deleted === true && (phase?.until ?? 0) + LISTED_MS < now;
    if (isForgotten) Reflect.deleteProperty(state.natGateways, value.id);
  }
  const ids = numbered(form, "NatGatewayId");
  const unknown = ids.find((id) => state.natGateways[id] === undefined);
  if (unknown !== undefined) throw new AwsError("NatGatewayNotFound", `NAT gateway ${unknown} was not found`);
  const found = Object.values(state.natGateways).filter(
    (nat) => (ids.length === 0 || ids.includes(nat.value.id)) && passes(nat, form, now),
  );
  return ec2Answer(
    "DescribeNatGateways",
    listOf(
      "natGatewaySet",
      found.map((nat) => shown(nat, now)),
    ),
  );
}

function passes(nat: Lived<NatGateway>, form: URLSearchParams, now: number): boolean {
  const names = [...form].filter(([key]) => /^Filter\.\d+\.Name$/.test(key));
  return names.every(([key, name]) => numbered(form, key.replace(/Name$/, "Value")).includes(valueOf(nat, name, now)));
}

function valueOf(nat: Lived<NatGateway>, filter: string, now: number): string {
  const { value } = nat;
  if (filter.startsWith("tag:")) return value.tags[filter.slice("tag:".length)] ?? "";
  const known: Readonly<Record<string, string>> = {
    "nat-gateway-id": value.id,
    "vpc-id": value.vpc,
    "subnet-id": value.subnet ?? "",
    state: stateOf(nat, now),
  };
  const found = known[filter];
  if (found === undefined)
    throw new AwsError("UnsupportedOperation", `the sandbox has no filter ${filter} of NAT gateways`);
  return found;
}

function remove({ state, form, now }: Ec2Call): Answer {
  const id = form.get("NatGatewayId") ?? "";
  const lived = state.natGateways[id];
  if (lived === undefined) throw new AwsError("NatGatewayNotFound", `NAT gateway ${id} was not found`);
  if (lived.value.deleted !== true) lived.phase = begin("DELETING", now);
  lived.value.deleted = true;
  return ec2Answer("DeleteNatGateway", fields({ natGatewayId: id }));
}

function releaseAddress({ state, form, now, ask }: Ec2Call): Promise<Answer> {
  const id = form.get("AllocationId");
  const user = Object.values(state.natGateways).find(
    (nat) => nat.value.allocation === id && statusOf(nat, now) !== undefined,
  );
  if (user === undefined) return ask();
  throw new AwsError(
    "InvalidIPAddress.InUse",
    `The address with allocation id ${id ?? ""} is in use by ${user.value.id}`,
  );
}

/** Of gateways here, of everything else in the emulator; one call may name both. */
async function changeTags({ state, form, ask }: Ec2Call, action: "CreateTags" | "DeleteTags"): Promise<Answer> {
  const ids = numbered(form, "ResourceId");
  const gateways = ids.flatMap((id) => state.natGateways[id] ?? []);
  if (gateways.length === 0) return ask();
  if (gateways.length < ids.length)
    throw new AwsError("UnsupportedOperation", "the sandbox tags NAT gateways in calls of their own");
  const tags = tagsIn(form);
  for (const { value } of gateways) {
    const kept = Object.entries(value.tags).filter(([key]) => !(key in tags));
    value.tags = { ...Object.fromEntries(kept), ...(action === "CreateTags" ? tags : {}) };
  }
  return ec2Answer(action, fields({ return: "true" }));
}
