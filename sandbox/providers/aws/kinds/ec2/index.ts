import type { AwsKind } from "../../kind.js";
import { defaultSecurityGroup } from "./default-security-group.js";
import { eip } from "./eip.js";
import { flowLog } from "./flow-log.js";
import { internetGateway } from "./internet-gateway.js";
import { natGateway } from "./nat-gateway.js";
import { routeTableAssociation } from "./route-table-association.js";
import { routeTable } from "./route-table.js";
import { route } from "./route.js";
import { securityGroup } from "./security-group.js";
import { egressRule, ingressRule } from "./security-group-rules.js";
import { subnetCidrReservation } from "./subnet-cidr-reservation.js";
import { subnet } from "./subnet.js";
import { vpcEndpoint } from "./vpc-endpoint.js";
import { vpc } from "./vpc.js";

/** Networks and who may speak with whom in them: what EC2's API has of it. */
export const kinds: readonly AwsKind[] = [
  defaultSecurityGroup,
  egressRule,
  eip,
  flowLog,
  ingressRule,
  internetGateway,
  natGateway,
  route,
  routeTable,
  routeTableAssociation,
  securityGroup,
  subnet,
  subnetCidrReservation,
  vpc,
  vpcEndpoint,
];
