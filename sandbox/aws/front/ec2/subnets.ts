import { randomBytes } from "node:crypto";
import { contains, overlap, parseCidr } from "../../../../cluster/aws/plan/cidr.js";
import { ACCOUNT } from "../../account.js";
import type { Answer } from "../answer.js";
import { AwsError } from "../aws-error.js";
import { statusOf } from "../lifecycle.js";
import { type Ec2Action, ec2Answer, type Ec2Call, fields, listOf, type Reservation } from "./state.js";
import { element, elements } from "./xml.js";

/** The emulator takes subnets that overlap, and knows no reservations. */
export const SUBNETS: Readonly<Record<string, Ec2Action>> = {
  CreateSubnet: createSubnet,
  DeleteSubnet: deleteSubnet,
  CreateSubnetCidrReservation: createReservation,
  GetSubnetCidrReservations: getReservations,
  DeleteSubnetCidrReservation: deleteReservation,
};

async function createSubnet({ form, ask }: Ec2Call): Promise<Answer> {
  const wanted = form.get("CidrBlock") ?? "";
  const block = parseCidr(wanted);
  const vpc = form.get("VpcId") ?? "";
  const { body } = await ask({ Action: "DescribeSubnets", "Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpc });
  const others = elements(String(body), "cidrBlock").flatMap((text) => parseCidr(text) ?? []);
  if (block !== undefined && others.some((other) => overlap(block, other))) {
    throw new AwsError("InvalidSubnet.Conflict", `The CIDR '${wanted}' conflicts with another subnet`);
  }
  return ask();
}

async function deleteSubnet({ state, form, now, ask }: Ec2Call): Promise<Answer> {
  const subnet = form.get("SubnetId") ?? "";
  const inUse = Object.values(state.natGateways).some(
    (nat) => nat.value.subnet === subnet && statusOf(nat, now) !== undefined,
  );
  if (inUse)
    throw new AwsError("DependencyViolation", `The subnet '${subnet}' has dependencies and cannot be deleted.`);
  const answer = await ask();
  if (answer.status === 200) {
    for (const { id } of Object.values(state.reservations).filter((one) => one.subnet === subnet)) {
      Reflect.deleteProperty(state.reservations, id);
    }
  }
  return answer;
}

async function createReservation({ state, form, ask }: Ec2Call): Promise<Answer> {
  const subnet = form.get("SubnetId") ?? "";
  const described = await ask({ Action: "DescribeSubnets", "SubnetId.1": subnet });
  if (described.status !== 200) return described;
  const cidr = form.get("Cidr") ?? "";
  const type = form.get("ReservationType") ?? "";
  const outer = parseCidr(element(String(described.body), "cidrBlock"));
  const block = parseCidr(cidr);
  if (block === undefined || outer === undefined || !contains(outer, block)) {
    throw new AwsError("InvalidParameterValue", `The CIDR '${cidr}' is not within the subnet '${subnet}'`);
  }
  if (type !== "prefix" && type !== "explicit") {
    throw new AwsError("InvalidParameterValue", `Value (${type}) for parameter reservationType is invalid`);
  }
  const taken = reservationsOf(state.reservations, subnet).flatMap((one) => parseCidr(one.cidr) ?? []);
  if (taken.some((other) => overlap(block, other))) {
    throw new AwsError(
      "InvalidParameterValue",
      `The CIDR '${cidr}' overlaps with another reservation of the subnet '${subnet}'`,
    );
  }
  const id = `scr-${randomBytes(9).toString("hex").slice(0, 17)}`;
  const reservation = { id, subnet, cidr, type, description: form.get("Description") ?? "" };
  state.reservations[id] = reservation;
  return ec2Answer(
    "CreateSubnetCidrReservation",
    `<subnetCidrReservation>${shown(reservation)}</subnetCidrReservation>`,
  );
}

function reservationsOf(all: Ec2Call["state"]["reservations"], subnet: string): readonly Reservation[] {
  return Object.values(all).filter((one) => one.subnet === subnet);
}

function shown({ id, subnet, cidr, type, description }: Reservation): string {
  return fields({
    subnetCidrReservationId: id,
    subnetId: subnet,
    cidr,
    reservationType: type,
    ownerId: ACCOUNT,
    description,
  });
}

function getReservations({ state, form }: Ec2Call): Answer {
  const found = reservationsOf(state.reservations, form.get("SubnetId") ?? "");
  return ec2Answer("GetSubnetCidrReservations", listOf("subnetIpv4CidrReservationSet", found.map(shown)));
}

function deleteReservation({ state, form }: Ec2Call): Answer {
  const id = form.get("SubnetCidrReservationId") ?? "";
  const found = state.reservations[id];
  if (found === undefined) {
    throw new AwsError(
      "InvalidSubnetCidrReservationID.NotFound",
      `The subnet CIDR reservation ID '${id}' does not exist`,
    );
  }
  Reflect.deleteProperty(state.reservations, id);
  return ec2Answer(
    "DeleteSubnetCidrReservation",
    `<deletedSubnetCidrReservation>${shown(found)}</deletedSubnetCidrReservation>`,
  );
}
