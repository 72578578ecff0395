import { policyDocument, type Place, type PolicyDocument, type Statement } from "./document.js";

export interface KarpenterPolicyArgs extends Place {
  /** The EKS cluster. */
  readonly cluster: string;
  /** Name of the role that its nodes have. */
  readonly nodeRole: string;
  /** Name of the queue of interruptions. */
  readonly queue: string;
}

/**
 * What Karpenter may do: nodes that carry the cluster's tags, and nothing to other instances.
 * https://karpenter.sh/docs/reference/cloudformation/ (1.14)
 */
export function karpenterPolicy(args: KarpenterPolicyArgs): PolicyDocument {
  return policyDocument([
    ...launches(args),
    ...ownNodes(args),
    ...instanceProfiles(args),
    ...discovery(args),
    ...ofTheCluster(args),
  ]);
}

function launches({ region, cluster }: KarpenterPolicyArgs): Statement[] {
  const ec2 = ec2Arns(region);
  const made = ec2("fleet", "instance", "volume", "network-interface", "launch-template", "spot-instances-request");
  const asked = { ...owned("Request", cluster), "aws:RequestTag/eks:eks-cluster-name": cluster };
  return [
    {
      Sid: "LaunchInto",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: [
        `arn:aws:ec2:${region}::image/*`,
        `arn:aws:ec2:${region}::snapshot/*`,
        ...ec2("security-group", "subnet", "capacity-reservation", "placement-group"),
      ],
    },
    {
      Sid: "LaunchFromOwnTemplates",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet"],
      Resource: ec2("launch-template"),
      Condition: { StringEquals: owned("Resource", cluster), StringLike: nodePool("Resource") },
    },
    {
      Sid: "LaunchTagged",
      Effect: "Allow",
      Action: ["ec2:RunInstances", "ec2:CreateFleet", "ec2:CreateLaunchTemplate"],
      Resource: made,
      Condition: { StringEquals: asked, StringLike: nodePool("Request") },
    },
    {
      Sid: "TagWhatIsLaunched",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: made,
      Condition: {
        StringEquals: { ...asked, "ec2:CreateAction": ["RunInstances", "CreateFleet", "CreateLaunchTemplate"] },
        StringLike: nodePool("Request"),
      },
    },
  ];
}

function ownNodes({ region, cluster }: KarpenterPolicyArgs): Statement[] {
  const ec2 = ec2Arns(region);
  const own = { StringEquals: owned("Resource", cluster), StringLike: nodePool("Resource") };
  return [
    {
      Sid: "TagOwnNodes",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: ec2("instance"),
      Condition: {
        ...own,
        StringEqualsIfExists: { "aws:RequestTag/eks:eks-cluster-name": cluster },
        "ForAllValues:StringEquals": { "aws:TagKeys": ["eks:eks-cluster-name", "karpenter.sh/nodeclaim", "Name"] },
      },
    },
    {
      Sid: "RemoveOwnNodes",
      Effect: "Allow",
      Action: ["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
      Resource: ec2("instance", "launch-template"),
      Condition: own,
    },
  ];
}

function instanceProfiles({ account, region, cluster, nodeRole }: KarpenterPolicyArgs): Statement[] {
  const profiles = [`arn:aws:iam::${account}:instance-profile/*`];
  const nodeClass = (tags: Tags) => ({ [`aws:${tags}Tag/karpenter.k8s.aws/ec2nodeclass`]: "*" });
  const own = (tags: Tags) => ({
    ...owned(tags, cluster),
    [`aws:${tags}Tag/topology.kubernetes.io/region`]: region,
  });
  const asked = { ...own("Request"), "aws:RequestTag/eks:eks-cluster-name": cluster };
  return [
    {
      Sid: "GiveNodesTheirRole",
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: [`arn:aws:iam::${account}:role/${nodeRole}`],
      Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
    },
    {
      Sid: "MakeProfiles",
      Effect: "Allow",
      Action: ["iam:CreateInstanceProfile"],
      Resource: profiles,
      Condition: { StringEquals: asked, StringLike: nodeClass("Request") },
    },
    {
      Sid: "TagOwnProfiles",
      Effect: "Allow",
      Action: ["iam:TagInstanceProfile"],
      Resource: profiles,
      Condition: {
        StringEquals: { ...own("Resource"), ...asked },
        StringLike: { ...nodeClass("Resource"), ...nodeClass("Request") },
      },
    },
    {
      Sid: "ChangeOwnProfiles",
      Effect: "Allow",
      Action: ["iam:AddRoleToInstanceProfile", "iam:RemoveRoleFromInstanceProfile", "iam:DeleteInstanceProfile"],
      Resource: profiles,
      Condition: { StringEquals: own("Resource"), StringLike: nodeClass("Resource") },
    },
    { Sid: "ReadProfiles", Effect: "Allow", Action: ["iam:GetInstanceProfile"], Resource: profiles },
  ];
}

/** What can be looked up only in general, or belongs to AWS. */
function discovery({ region }: KarpenterPolicyArgs): Statement[] {
  return [
    {
      Sid: "LookAtEc2",
      Effect: "Allow",
      Action: [
        ...["CapacityReservations", "Images", "Instances", "InstanceStatus", "InstanceTypeOfferings", "InstanceTypes"],
        ...["LaunchTemplates", "PlacementGroups", "SecurityGroups", "SpotPriceHistory", "Subnets"],
      ].map((what) => `ec2:Describe${what}`),
      Resource: ["*"],
      Condition: { StringEquals: { "aws:RequestedRegion": region } },
    },
    {
      Sid: "FindImages",
      Effect: "Allow",
      Action: ["ssm:GetParameter"],
      Resource: [`arn:aws:ssm:${region}::parameter/aws/service/*`],
    },
    { Sid: "Prices", Effect: "Allow", Action: ["pricing:GetProducts"], Resource: ["*"] },
    { Sid: "ListProfiles", Effect: "Allow", Action: ["iam:ListInstanceProfiles"], Resource: ["*"] },
  ];
}

function ofTheCluster({ account, region, cluster, queue }: KarpenterPolicyArgs): Statement[] {
  const arn = `arn:aws:eks:${region}:${account}:cluster/${cluster}`;
  return [
    { Sid: "FindApiServer", Effect: "Allow", Action: ["eks:DescribeCluster"], Resource: [arn] },
    {
      Sid: "ZonalShift",
      Effect: "Allow",
      Action: ["arc-zonal-shift:GetManagedResource"],
      Resource: ["*"],
      Condition: { StringEquals: { "arc-zonal-shift:ResourceIdentifier": arn } },
    },
    {
      Sid: "Interruptions",
      Effect: "Allow",
      Action: ["sqs:DeleteMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
      Resource: [`arn:aws:sqs:${region}:${account}:${queue}`],
    },
  ];
}

function owned(tags: Tags, cluster: string): Readonly<Record<string, string>> {
  return { [`aws:${tags}Tag/kubernetes.io/cluster/${cluster}`]: "owned" };
}

/** Tags that a request gives, or that what it is about has already. */
type Tags = "Request" | "Resource";

function nodePool(tags: Tags): Readonly<Record<string, string>> {
  return { [`aws:${tags}Tag/karpenter.sh/nodepool`]: "*" };
}

function ec2Arns(region: string): (...kinds: readonly string[]) => string[] {
  return (...kinds) => kinds.map((kind) => `arn:aws:ec2:${region}:*:${kind}/*`);
}
