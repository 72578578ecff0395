import { readFileSync } from "node:fs";
import type { Answer } from "../answer.js";
import { AwsError } from "../aws-error.js";
import { element, elements } from "../ec2/xml.js";
import type { EksWorld } from "./state.js";

export interface WorldOptions {
  /** Where the sandbox's API server is, and the file with its certificate. */
  readonly apiServer: { readonly endpoint: string; readonly certificate: string };
  /** Calls an action of EC2 or STS in the emulator, in the name of whoever calls. */
  readonly ask: (service: "ec2" | "sts", form: Readonly<Record<string, string>>) => Promise<Answer>;
}

/** EKS' clusters as they are tied to the sandbox: one API server for all, groups and subnets in the emulator. */
export function eksWorld({ apiServer, ask }: WorldOptions): EksWorld {
  return {
    apiServer: () => ({
      endpoint: apiServer.endpoint,
      authority: readFileSync(apiServer.certificate).toString("base64"),
    }),
    async caller() {
      const { body } = await ask("sts", { Action: "GetCallerIdentity", Version: "2011-06-15" });
      return element(String(body), "Arn");
    },
    async placeOf(subnets) {
      const ids = Object.fromEntries(subnets.map((id, index) => [`SubnetId.${index + 1}`, id]));
      const { status, body } = await ask("ec2", { Action: "DescribeSubnets", ...ids });
      if (status !== 200) throw new AwsError("InvalidParameterException", element(String(body), "Message"));
      const zones = new Set(elements(String(body), "availabilityZone"));
      if (zones.size < 2)
        throw new AwsError("InvalidParameterException", "Subnets specified must be in at least two different AZs");
      return { vpc: element(String(body), "vpcId"), zones };
    },
    async createGroup({ name, vpc }) {
      const description =
        "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes";
      const form = { Action: "CreateSecurityGroup", GroupName: name, GroupDescription: description, VpcId: vpc };
      const { status, body } = await ask("ec2", form);
      if (status === 200) return element(String(body), "groupId");
      throw new AwsError("InvalidParameterException", element(String(body), "Message"));
    },
    async deleteGroup(id) {
      await ask("ec2", { Action: "DeleteSecurityGroup", GroupId: id });
    },
  };
}
