import { createHash } from "node:crypto";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment.js";
import { all, ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";

export interface ServiceRoleArgs {
  /** Who may take the role, such as `eks.amazonaws.com`. */
  readonly service: string;
  readonly description: string;
  /** ARNs of AWS' own policies. */
  readonly policies: readonly string[];
  readonly tags?: Input<Record<string, Input<string>>>;
}

/** A role that a service of AWS takes, with AWS' own policies for it. */
export class ServiceRole extends ComponentResource {
  readonly role: Role;
  /** The same once it has its policies: who needs those must wait for it. */
  readonly ready: Output<Role>;

  constructor(name: string, { service, description, policies, tags }: ServiceRoleArgs, opts: ComponentResourceOptions) {
    super("eks:index:ServiceRole", name, {}, opts);
    const role = new Role(
      `${name}-role`,
      { description, assumeRolePolicy: trust(service), ...(tags === undefined ? {} : { tags }) },
      { parent: this },
    );
    const attached = policies.map(
      (policyArn) =>
        new RolePolicyAttachment(`${name}-${shortHash(policyArn)}`, { policyArn, role: role.id }, { parent: this }),
    );
    this.role = role;
    this.ready = all([role.arn, ...attached.map(({ id }) => id)]).apply(() => role);
    this.registerOutputs({ directRole: role, resolvedRole: this.ready });
  }
}

function trust(service: string): string {
  const Action = ["sts:AssumeRole", "sts:TagSession"];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Action, Effect: "Allow", Principal: { Service: [service] } }],
  });
}

/** As the published component names them, so that a stack may go from one to the other. */
function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
