import { UserError } from "../../../../errors.js";
import type { AwsKind } from "../kind.js";

/** Gives the kinds of one family; its SDK is loaded with it, so only when a program has such a resource. */
type Load = () => Promise<readonly AwsKind[]>;

const budgets: Load = async () => (await import("./budgets/index.js")).kinds;
const ec2: Load = async () => (await import("./ec2/index.js")).kinds;
const ecr: Load = async () => (await import("./ecr/index.js")).kinds;
const eks: Load = async () => (await import("./eks/index.js")).kinds;
const events: Load = async () => (await import("./events/index.js")).kinds;
const iam: Load = async () => (await import("./iam/index.js")).kinds;
const kms: Load = async () => (await import("./kms/index.js")).kinds;
const logs: Load = async () => (await import("./logs/index.js")).kinds;
const msk: Load = async () => (await import("./msk/index.js")).kinds;
const s3: Load = async () => (await import("./s3/index.js")).kinds;
const sqs: Load = async () => (await import("./sqs/index.js")).kinds;

/** Every type of AWS resource that the sandbox has, by its token: exactly those that the cluster stack is made of. */
const TYPES: Readonly<Record<string, Load>> = {
  "aws:budgets/budget:Budget": budgets,
  "aws:cloudwatch/eventRule:EventRule": events,
  "aws:cloudwatch/eventTarget:EventTarget": events,
  "aws:cloudwatch/logGroup:LogGroup": logs,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ec2,
  "aws:ec2/eip:Eip": ec2,
  "aws:ec2/flowLog:FlowLog": ec2,
  "aws:ec2/internetGateway:InternetGateway": ec2,
  "aws:ec2/launchTemplate:LaunchTemplate": eks,
  "aws:ec2/natGateway:NatGateway": ec2,
  "aws:ec2/route:Route": ec2,
  "aws:ec2/routeTable:RouteTable": ec2,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ec2,
  "aws:ec2/securityGroup:SecurityGroup": ec2,
  "aws:ec2/subnet:Subnet": ec2,
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation": ec2,
  "aws:ec2/vpc:Vpc": ec2,
  "aws:ec2/vpcEndpoint:VpcEndpoint": ec2,
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": ecr,
  "aws:ecr/repository:Repository": ecr,
  "aws:eks/accessEntry:AccessEntry": eks,
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": eks,
  "aws:eks/addon:Addon": eks,
  "aws:eks/cluster:Cluster": eks,
  "aws:eks/nodeGroup:NodeGroup": eks,
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": eks,
  "aws:iam/role:Role": iam,
  "aws:iam/rolePolicy:RolePolicy": iam,
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": iam,
  "aws:kms/alias:Alias": kms,
  "aws:kms/key:Key": kms,
  "aws:msk/cluster:Cluster": msk,
  "aws:msk/configuration:Configuration": msk,
  "aws:s3/bucket:Bucket": s3,
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": s3,
  "aws:s3/bucketPolicy:BucketPolicy": s3,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": s3,
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": s3,
  "aws:s3/bucketVersioning:BucketVersioning": s3,
  "aws:sqs/queue:Queue": sqs,
  "aws:sqs/queuePolicy:QueuePolicy": sqs,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": ec2,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ec2,
};

const LOADS: ReadonlyMap<string, Load> = new Map(Object.entries(TYPES));

/** Tokens of all types that the sandbox has. */
export const AWS_TYPES: readonly string[] = [...LOADS.keys()];

/**
 * The kind of a type.
 * @throws UserError for a type that the sandbox does not have
 */
export async function loadKind(type: string): Promise<AwsKind> {
  const load = LOADS.get(type);
  const kind = (await load?.())?.find((each) => each.type === type);
  if (kind !== undefined) return kind;
  throw new UserError(`${type} is not supported by the sandbox's aws provider; supported are ${AWS_TYPES.join(", ")}`, {
    hint: "Install the published plugin and use real AWS for it",
  });
}
