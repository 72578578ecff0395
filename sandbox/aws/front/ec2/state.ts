import type { Answer } from "../answer.js";
import { escapeXml } from "../aws-error.js";
import type { Lived } from "../lifecycle.js";

export interface Reservation {
  readonly id: string;
  readonly subnet: string;
  readonly cidr: string;
  readonly type: string;
  readonly description: string;
}

export interface NatGateway {
  readonly id: string;
  readonly vpc: string;
  /** None when it is regional. */
  readonly subnet?: string;
  readonly allocation?: string;
  readonly publicIp?: string;
  readonly connectivity: string;
  readonly mode: "zonal" | "regional";
  readonly createdAt: string;
  /** Stays listed for a while once it is deleted, as on AWS. */
  deleted?: boolean;
  tags: Record<string, string>;
}

/** What the emulator loses of a flow log. */
export interface FlowLog {
  readonly roleArn: string;
  readonly interval: string;
}

/** What the front keeps of EC2; all by id. */
export interface Ec2State {
  readonly reservations: Record<string, Reservation>;
  readonly natGateways: Record<string, Lived<NatGateway>>;
  readonly flowLogs: Record<string, FlowLog>;
}

/** One call to EC2: parameters in a form. */
export interface Ec2Call {
  readonly state: Ec2State;
  readonly form: URLSearchParams;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Asks the emulator, with this form or the call's own. */
  readonly ask: (form?: Readonly<Record<string, string>>) => Promise<Answer>;
}

/** Answers an action in the emulator's place. */
export type Ec2Action = (call: Ec2Call) => Promise<Answer> | Answer;

/** An answer in EC2's XML; `content` is written already. */
export function ec2Answer(action: string, content: string): Answer {
  const name = `${action}Response`;
  const body = `<${name} xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>ed8k</requestId>${content}</${name}>`;
  return { status: 200, headers: { "content-type": "text/xml" }, body };
}

/** Elements with plain text; those without a value are left out. */
export function fields(values: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(values)
    .map(([name, value]) => (value === undefined ? "" : `<${name}>${escapeXml(value)}</${name}>`))
    .join("");
}

/** A list of elements that are written already. */
export function listOf(name: string, items: readonly string[]): string {
  return `<${name}>${items.map((item) => `<item>${item}</item>`).join("")}</${name}>`;
}

/** Values of parameters such as `SubnetId.1`, `SubnetId.2`. */
export function numbered(form: URLSearchParams, name: string): readonly string[] {
  return [...form].filter(([key]) => new RegExp(`^${name}\\.\\d+$`).test(key)).map(([, value]) => value);
}

/** Tags of parameters such as `TagSpecification.1.Tag.1.Key`. */
export function tagsIn(form: URLSearchParams): Record<string, string> {
  const keys = [...form].filter(([key]) => /Tag\.\d+\.Key$/.test(key));
  return Object.fromEntries(keys.map(([key, value]) => [value, form.get(key.replace(/Key$/, "Value")) ?? ""]));
}
