import type { NetworkInterface } from "@aws-sdk/client-ec2";
import { instanceLeft } from "./instance.js";
import type { AwsLeftover } from "./look.js";

/**
 * What keeps a network interface in a VPC, by what AWS writes into its description; it goes when that goes.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
 * @returns nothing for those of what is told as itself: NAT gateways, endpoints and instances
 */
export function interfaceLeft(one: NetworkInterface, region: string): AwsLeftover | undefined {
  const { NetworkInterfaceId: id = "", InterfaceType: type = "", Description: description = "", Attachment } = one;
  if (TOLD_ELSEWHERE.includes(type)) return undefined;
  if (Attachment?.InstanceId !== undefined) return instanceLeft(Attachment.InstanceId, region);
  const at = `--region ${region}`;
  const [, balancer] = /^ELB (?:net|app)\/([^/]+)\//.exec(description) ?? [];
  if (balancer !== undefined) return loadBalancer(balancer, at);
  const [, classic] = /^ELB ([^/]+)$/.exec(description) ?? [];
  if (classic !== undefined) {
    const remove = `aws elb delete-load-balancer --load-balancer-name ${classic} ${at}`;
    return { what: `elb load-balancer ${classic}`, remove };
  }
  const [attachment] = /tgw-attach-[0-9a-z]+/.exec(description) ?? [];
  if (attachment !== undefined) {
    const remove = `aws ec2 delete-transit-gateway-vpc-attachment --transit-gateway-attachment-id ${attachment} ${at}`;
    return { what: `ec2 transit-gateway-attachment ${attachment}`, remove };
  }
  return {
    what: `ec2 network-interface ${id}${description === "" ? "" : ` (${description})`}`,
    // One in use goes with what made it, which its description names.
    remove: `aws ec2 wait network-interface-available --network-interface-ids ${id} ${at} && aws ec2 delete-network-interface --network-interface-id ${id} ${at}`,
  };
}

/** AWS' reference and its answers spell the first differently. */
const TOLD_ELSEWHERE: readonly string[] = ["nat_gateway", "natGateway", "vpc_endpoint"];

function loadBalancer(name: string, at: string): AwsLeftover {
  const arn = `aws elbv2 describe-load-balancers --names ${name} --query 'LoadBalancers[0].LoadBalancerArn' --output text ${at}`;
  return {
    what: `elbv2 load-balancer ${name}`,
    remove: `aws elbv2 delete-load-balancer --load-balancer-arn "$(${arn})" ${at}`,
  };
}
