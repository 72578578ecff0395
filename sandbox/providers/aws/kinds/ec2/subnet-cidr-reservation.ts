import {
  CreateSubnetCidrReservationCommand,
  DeleteSubnetCidrReservationCommand,
  GetSubnetCidrReservationsCommand,
  type SubnetCidrReservationType,
} from "@aws-sdk/client-ec2";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";
import { maybeText, text } from "../inputs.js";
import { idOf } from "./common.js";

const GONE = [
  "InvalidSubnetID.NotFound",
  "InvalidSubnetCidrReservationId.NotFound",
  "InvalidSubnetCidrReservationID.NotFound",
];

/**
 * Its id is that by which the published provider imports it, `<subnet>:<reservation>`: AWS lists reservations only by
 * subnet. https://www.pulumi.com/registry/packages/aws/api-docs/ec2/subnetcidrreservation/
 */
export const subnetCidrReservation: AwsKind = {
  type: "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
  inputs: { subnetId: "replace", cidrBlock: "replace", reservationType: "replace", description: "replace" },
  required: ["subnetId", "cidrBlock", "reservationType"],
  computed: ["ownerId"],
  // The new one cannot have addresses of the old one.
  deleteBeforeReplace: true,

  async create(inputs, clients) {
    const SubnetId = text(inputs, "subnetId");
    const command = new CreateSubnetCidrReservationCommand({
      SubnetId,
      Cidr: text(inputs, "cidrBlock"),
      ReservationType: text(inputs, "reservationType") as SubnetCidrReservationType,
      Description: maybeText(inputs, "description"),
    });
    const { SubnetCidrReservation } = await (await clients.ec2()).send(command);
    return `${SubnetId}:${idOf(SubnetCidrReservation?.SubnetCidrReservationId, "CreateSubnetCidrReservation")}`;
  },

  async read(id, clients) {
    const { SubnetId, reservation } = partsOf(id);
    const client = await clients.ec2();
    const answer = await unless(GONE, () => client.send(new GetSubnetCidrReservationsCommand({ SubnetId })));
    const found = [...(answer?.SubnetIpv4CidrReservations ?? []), ...(answer?.SubnetIpv6CidrReservations ?? [])].find(
      ({ SubnetCidrReservationId }) => SubnetCidrReservationId === reservation,
    );
    if (found === undefined) return undefined;
    return {
      subnetId: found.SubnetId,
      cidrBlock: found.Cidr,
      reservationType: found.ReservationType,
      description: found.Description === "" ? undefined : found.Description,
      ownerId: found.OwnerId,
    };
  },

  async delete(id, clients) {
    const command = new DeleteSubnetCidrReservationCommand({ SubnetCidrReservationId: partsOf(id).reservation });
    const client = await clients.ec2();
    await unless(GONE, () => client.send(command));
  },
};

function partsOf(id: string): { readonly SubnetId: string; readonly reservation: string } {
  const [SubnetId = "", reservation = ""] = id.split(":");
  return { SubnetId, reservation };
}
