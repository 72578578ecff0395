import type { Sample, SampleChange } from "../sample.js";

const TAGS = { "ed8k:cluster": "dev", Name: "sample" };

/** Every taggable kind: a tag that comes, one that goes, one that changes. */
const RETAGGED: SampleChange = {
  inputs: () => ({ tags: { Name: "other", "ed8k:kind": "cluster" } }),
  expect: "update",
};
const replaces = (inputs: SampleChange["inputs"]): SampleChange => ({ inputs, expect: "replace" });
const updates = (inputs: SampleChange["inputs"]): SampleChange => ({ inputs, expect: "update" });

const ingress = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const egress = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
const vpcId = (made: Parameters<Sample["inputs"]>[0]): string => made("vpc").id;

const NETWORK: readonly Sample[] = [
  {
    name: "vpc",
    type: "aws:ec2/vpc:Vpc",
    inputs: () => ({ cidrBlock: "10.64.0.0/16", enableDnsHostnames: true, tags: TAGS }),
    changes: [
      RETAGGED,
      updates(() => ({ enableDnsHostnames: false })),
      updates(() => ({ enableDnsHostnames: true })),
      replaces(() => ({ cidrBlock: "10.65.0.0/16" })),
    ],
  },
  {
    name: "other-vpc",
    type: "aws:ec2/vpc:Vpc",
    inputs: () => ({ cidrBlock: "10.66.0.0/16", enableDnsSupport: false }),
    changes: [updates(() => ({ tags: TAGS })), updates(() => ({ tags: undefined }))],
  },
  {
    name: "subnet",
    type: "aws:ec2/subnet:Subnet",
    inputs: (made) => ({
      vpcId: vpcId(made),
      cidrBlock: "10.64.0.0/19",
      availabilityZone: "eu-west-1a",
      tags: TAGS,
    }),
    changes: [
      RETAGGED,
      replaces(() => ({ availabilityZone: "eu-west-1b" })),
      replaces(() => ({ cidrBlock: "10.64.32.0/19" })),
    ],
  },
  {
    name: "reservation",
    type: "aws:ec2/subnetCidrReservation:SubnetCidrReservation",
    inputs: (made) => ({
      subnetId: made("subnet").id,
      cidrBlock: "10.64.16.0/20",
      reservationType: "prefix",
      description: "pods",
    }),
    changes: [replaces(() => ({ cidrBlock: "10.64.0.0/20" })), replaces(() => ({ description: "other" }))],
  },
  {
    name: "internet-gateway",
    type: "aws:ec2/internetGateway:InternetGateway",
    inputs: (made) => ({ vpcId: vpcId(made), tags: TAGS }),
    changes: [
      RETAGGED,
      updates((made) => ({ vpcId: made("other-vpc").id })),
      updates((made) => ({ vpcId: vpcId(made) })),
    ],
  },
  {
    name: "eip",
    type: "aws:ec2/eip:Eip",
    inputs: () => ({ domain: "vpc", tags: TAGS }),
    changes: [RETAGGED],
  },
  {
    name: "nat",
    type: "aws:ec2/natGateway:NatGateway",
    inputs: (made) => ({ allocationId: made("eip").id, subnetId: made("subnet").id, tags: TAGS }),
    changes: [RETAGGED, replaces(() => ({ subnetId: "subnet-0123456789abcdef0" }))],
  },
  {
    name: "regional-nat",
    type: "aws:ec2/natGateway:NatGateway",
    inputs: (made) => ({ vpcId: vpcId(made), availabilityMode: "regional", tags: TAGS }),
    changes: [RETAGGED, replaces(() => ({ vpcId: "vpc-0123456789abcdef0" }))],
  },
];

const ROUTES: readonly Sample[] = [
  {
    name: "table",
    type: "aws:ec2/routeTable:RouteTable",
    inputs: (made) => ({ vpcId: vpcId(made), tags: TAGS }),
    changes: [RETAGGED, replaces(() => ({ vpcId: "vpc-0123456789abcdef0" }))],
  },
  {
    name: "other-table",
    type: "aws:ec2/routeTable:RouteTable",
    inputs: (made) => ({ vpcId: vpcId(made) }),
    changes: [],
  },
  {
    name: "route",
    type: "aws:ec2/route:Route",
    inputs: (made) => ({
      routeTableId: made("table").id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: made("internet-gateway").id,
    }),
    changes: [
      updates((made) => ({ gatewayId: undefined, natGatewayId: made("nat").id })),
      updates((made) => ({ natGatewayId: made("regional-nat").id })),
      replaces(() => ({ destinationCidrBlock: "10.0.0.0/8" })),
    ],
  },
  {
    name: "association",
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    inputs: (made) => ({ subnetId: made("subnet").id, routeTableId: made("table").id }),
    changes: [
      updates((made) => ({ routeTableId: made("other-table").id })),
      replaces(() => ({ subnetId: "subnet-0123456789abcdef0" })),
    ],
  },
  {
    name: "endpoint",
    type: "aws:ec2/vpcEndpoint:VpcEndpoint",
    inputs: (made) => ({
      vpcId: vpcId(made),
      serviceName: "com.amazonaws.eu-west-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: [made("table").id],
      tags: TAGS,
    }),
    changes: [
      RETAGGED,
      updates((made) => ({ routeTableIds: [made("other-table").id, made("table").id] })),
      updates((made) => ({ routeTableIds: [made("other-table").id] })),
      replaces(() => ({ serviceName: "com.amazonaws.eu-west-1.dynamodb" })),
    ],
  },
];

const SECURITY: readonly Sample[] = [
  {
    name: "default-group",
    type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
    inputs: (made) => ({ vpcId: vpcId(made), tags: TAGS }),
    changes: [RETAGGED, replaces((made) => ({ vpcId: made("other-vpc").id }))],
    // It goes with its VPC.
    goes: false,
  },
  {
    name: "group",
    type: "aws:ec2/securityGroup:SecurityGroup",
    inputs: (made) => ({ vpcId: vpcId(made), name: "ed8k-sample", description: "A sample", tags: TAGS }),
    changes: [RETAGGED, replaces(() => ({ name: "other" })), replaces(() => ({ description: "Other" }))],
  },
  {
    name: "from-block",
    type: ingress,
    inputs: (made) => ({
      securityGroupId: made("group").id,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.8.0.0/16",
      description: "Clients of the VPN",
      tags: TAGS,
    }),
    changes: [
      RETAGGED,
      updates(() => ({ fromPort: 444, toPort: 445 })),
      updates(() => ({ cidrIpv4: "10.9.0.0/16", description: "Others" })),
      replaces(() => ({ securityGroupId: "sg-0123456789abcdef0" })),
    ],
  },
  {
    name: "from-group",
    type: ingress,
    inputs: (made) => ({
      securityGroupId: made("group").id,
      ipProtocol: "tcp",
      fromPort: 9098,
      toPort: 9098,
      referencedSecurityGroupId: made("default-group").id,
    }),
    changes: [],
  },
  {
    name: "out",
    type: egress,
    inputs: (made) => ({
      securityGroupId: made("group").id,
      ipProtocol: "-1",
      cidrIpv4: "0.0.0.0/0",
      description: "Everything",
      tags: TAGS,
    }),
    changes: [RETAGGED, updates(() => ({ description: "All" }))],
  },
];

const LOGS: readonly Sample[] = [
  {
    name: "flow-log",
    type: "aws:ec2/flowLog:FlowLog",
    inputs: (made) => ({
      vpcId: vpcId(made),
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: "arn:aws:logs:eu-west-1:111122223333:log-group:/ed8k/sample",
      iamRoleArn: "arn:aws:iam::111122223333:role/ed8k-flow-logs",
      maxAggregationInterval: 60,
      tags: TAGS,
    }),
    changes: [RETAGGED, replaces(() => ({ trafficType: "REJECT" })), replaces(() => ({ maxAggregationInterval: 600 }))],
  },
];

export const samples: readonly Sample[] = [...NETWORK, ...ROUTES, ...SECURITY, ...LOGS];
