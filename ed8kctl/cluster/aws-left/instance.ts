import type { AwsLeftover } from "./look.js";

/** In the same words however it is found, so that none is told twice. */
export function instanceLeft(id: string, region: string): AwsLeftover {
  const at = `--region ${region}`;
  return {
    what: `ec2 instance ${id}`,
    remove: `aws ec2 terminate-instances --instance-ids ${id} ${at} && aws ec2 wait instance-terminated --instance-ids ${id} ${at}`,
  };
}
