import { FLOW_LOGS } from "./flow-logs.js";
import { NAT_GATEWAYS } from "./nat-gateways.js";
import type { Ec2Action } from "./state.js";
import { SUBNETS } from "./subnets.js";

/** What the front does in the emulator's place; everything else of EC2 is the emulator's. */
export const EC2_ACTIONS: Readonly<Record<string, Ec2Action>> = { ...SUBNETS, ...NAT_GATEWAYS, ...FLOW_LOGS };
