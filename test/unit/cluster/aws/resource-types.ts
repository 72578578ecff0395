import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { Registered } from "../../../harness.js";

/** Types that AWS gives no tags: a closed list, so that a new type must have them. */
export const NOT_TAGGED: readonly string[] = [
  "aws:cloudwatch/eventTarget:EventTarget",
  "aws:ec2/route:Route",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
  "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:kms/alias:Alias",
  "aws:msk/configuration:Configuration",
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "aws:s3/bucketPolicy:BucketPolicy",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "aws:s3/bucketVersioning:BucketVersioning",
  "aws:sqs/queuePolicy:QueuePolicy",
];

/** The ARN that mocks give the cluster's key. */
const KEY = "arn:aws:kms/key:Key:key";

type Encrypted = (inputs: Registered["inputs"], others: readonly Registered[]) => boolean;

/** Types that keep something, and what encrypts it. */
export const STORES: Readonly<Record<string, Encrypted>> = {
  "aws:cloudwatch/logGroup:LogGroup": ({ kmsKeyId }) => kmsKeyId === KEY,
  "aws:ec2/launchTemplate:LaunchTemplate": ({ blockDeviceMappings }) =>
    list(blockDeviceMappings).every(({ ebs }) => (ebs as Fields)["encrypted"] === "true"),
  "aws:ecr/repository:Repository": ({ encryptionConfigurations }) =>
    same(encryptionConfigurations, [{ encryptionType: "KMS", kmsKey: KEY }]),
  "aws:msk/cluster:Cluster": ({ encryptionInfo }) =>
    same(encryptionInfo, {
      encryptionAtRestKmsKeyArn: KEY,
      encryptionInTransit: { clientBroker: "TLS", inCluster: true },
    }),
  "aws:s3/bucket:Bucket": (_, others) => others.some(isEncryptionOfDatasets),
  "aws:sqs/queue:Queue": ({ sqsManagedSseEnabled }) => sqsManagedSseEnabled === true,
  "eks:index:Cluster": ({ encryptionConfigKeyArn }) => encryptionConfigKeyArn === KEY,
};

/** Types that keep nothing: every other that there is. */
export const NO_STORES: readonly string[] = [
  ...NOT_TAGGED,
  "aws:budgets/budget:Budget",
  "aws:cloudwatch/eventRule:EventRule",
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  "aws:ec2/eip:Eip",
  "aws:ec2/flowLog:FlowLog",
  "aws:ec2/internetGateway:InternetGateway",
  "aws:ec2/natGateway:NatGateway",
  "aws:ec2/routeTable:RouteTable",
  "aws:ec2/securityGroup:SecurityGroup",
  "aws:ec2/subnet:Subnet",
  "aws:ec2/vpc:Vpc",
  "aws:ec2/vpcEndpoint:VpcEndpoint",
  "aws:eks/accessEntry:AccessEntry",
  "aws:eks/addon:Addon",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:eks/podIdentityAssociation:PodIdentityAssociation",
  "aws:iam/role:Role",
  "aws:kms/key:Key",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

export function isEncrypted({ type, inputs }: Registered, others: readonly Registered[]): boolean {
  return STORES[type]?.(inputs, others) ?? true;
}

/** Types through which somebody could come in from outside, and what keeps them closed. */
const CLOSED: Readonly<Record<string, (inputs: Registered["inputs"], name: string) => boolean>> = {
  "aws:ec2/securityGroup:SecurityGroup": ({ ingress, egress }) => ingress === undefined && egress === undefined,
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": ({ ingress, egress }) =>
    ingress === undefined && egress === undefined,
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ({ cidrIpv4, cidrIpv6, prefixListId }) =>
    cidrIpv6 === undefined && prefixListId === undefined && (cidrIpv4 === undefined || isPrivate(cidrIpv4)),
  "aws:ec2/subnet:Subnet": ({ mapPublicIpOnLaunch }) => mapPublicIpOnLaunch === undefined,
  // Only what has an address of its own, the NAT gateways, is in a subnet with a way from the internet.
  "aws:ec2/route:Route": ({ gatewayId }, name) => gatewayId === undefined || name === "public",
  "aws:msk/cluster:Cluster": ({ brokerNodeGroupInfo, clientAuthentication }) =>
    !("connectivityInfo" in (brokerNodeGroupInfo as object)) &&
    same(clientAuthentication, { sasl: { iam: true }, unauthenticated: false }),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ({ bucket: _, ...blocks }) =>
    same(blocks, {
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
  "eks:index:Cluster": ({ endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs }) =>
    endpointPublicAccess === false && endpointPrivateAccess === true && publicAccessCidrs === undefined,
};

/** Of any type, those to come too: nothing is public, and only ways out are for all addresses. */
export function isClosed({ type, name, inputs }: Registered): boolean {
  const opens = entriesOf(inputs).some(
    ([key, value]) =>
      (value === true && /public|internetFacing/i.test(key) && !/^(block|ignore|restrict)Public/.test(key)) ||
      (["0.0.0.0/0", "::/0"].includes(String(value)) && key !== "destinationCidrBlock"),
  );
  return !opens && (CLOSED[type]?.(inputs, name) ?? true);
}

/** Every value, however deep, with the nearest key above it. */
function entriesOf(value: unknown, key = ""): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.flatMap((item) => entriesOf(item, key));
  if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) return [[key, value]];
  return Object.entries(value).flatMap(([inner, item]) => entriesOf(item, inner));
}

type Fields = Readonly<Record<string, unknown>>;

function isEncryptionOfDatasets({ type, inputs }: Registered): boolean {
  return (
    type === "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration" &&
    inputs["bucket"] === "datasets-id" &&
    same(inputs["rules"], [
      {
        applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: KEY },
        bucketKeyEnabled: true,
      },
    ])
  );
}

function list(value: unknown): readonly Fields[] {
  return value as readonly Fields[];
}

function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one, other);
}

/** RFC 1918 */
function isPrivate(cidr: unknown): boolean {
  return typeof cidr === "string" && /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(cidr);
}
