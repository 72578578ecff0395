import { policyDocument, type Conditions, type PolicyDocument, type Statement } from "./document.js";

const CLUSTER_TAG = "elbv2.k8s.aws/cluster";

/**
 * What the AWS Load Balancer Controller may do: load balancers, target groups and security groups that carry the
 * cluster's tag. Less than it publishes: no WAF, Shield, Cognito nor server certificates, which network load balancers
 * do not have. https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/v3.5.0/docs/install/iam_policy.json
 * @param cluster name of the EKS cluster
 */
export function loadBalancerPolicy(cluster: string): PolicyDocument {
  return policyDocument([...lookups(), ...securityGroups(cluster), ...loadBalancers(cluster)]);
}

/** Reading, which AWS allows in general only. */
function lookups(): Statement[] {
  const ec2 = [
    ...["AccountAttributes", "Addresses", "AvailabilityZones", "CoipPools", "InstanceTopology", "Instances"],
    ...["InternetGateways", "IpamPools", "NetworkInterfaces", "RouteTables", "SecurityGroups", "Subnets", "Tags"],
    ...["VpcPeeringConnections", "Vpcs"],
  ].map((what) => `ec2:Describe${what}`);
  const balancing = [
    ...["CapacityReservation", "ListenerAttributes", "ListenerCertificates", "Listeners", "LoadBalancerAttributes"],
    ...["LoadBalancers", "Rules", "SSLPolicies", "Tags", "TargetGroupAttributes", "TargetGroups", "TargetHealth"],
    "TrustStores",
  ].map((what) => `elasticloadbalancing:Describe${what}`);
  return [
    {
      Sid: "Look",
      Effect: "Allow",
      Action: [...ec2, "ec2:GetCoipPoolUsage", "ec2:GetSecurityGroupsForVpc", ...balancing],
      Resource: ["*"],
    },
    {
      Sid: "Certificates",
      Effect: "Allow",
      Action: ["acm:ListCertificates", "acm:DescribeCertificate"],
      Resource: ["*"],
    },
    {
      Sid: "ServiceLinkedRole",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole"],
      Resource: ["arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*"],
      Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
    },
  ];
}

function securityGroups(cluster: string): Statement[] {
  const groups = ["arn:aws:ec2:*:*:security-group/*"];
  return [
    {
      Sid: "MakeGroups",
      Effect: "Allow",
      Action: ["ec2:CreateSecurityGroup"],
      Resource: [...groups, "arn:aws:ec2:*:*:vpc/*"],
    },
    {
      Sid: "TagNewGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags"],
      Resource: groups,
      Condition: { StringEquals: { "ec2:CreateAction": "CreateSecurityGroup", ...asked(cluster) } },
    },
    {
      Sid: "ChangeOwnGroups",
      Effect: "Allow",
      Action: ["ec2:CreateTags", "ec2:DeleteTags", "ec2:DeleteSecurityGroup"],
      Resource: groups,
      Condition: own(cluster),
    },
    {
      // The group of the nodes, which EKS has made and tagged.
      Sid: "LetIn",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${cluster}`]: "owned" } },
    },
    {
      Sid: "LetInOwn",
      Effect: "Allow",
      Action: ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
      Resource: groups,
      Condition: own(cluster),
    },
  ];
}

function loadBalancers(cluster: string): Statement[] {
  const of = (...kinds: readonly string[]): string[] =>
    kinds.map((kind) => `arn:aws:elasticloadbalancing:*:*:${kind}/*`);
  const all = of("loadbalancer/net", "targetgroup", "listener/net");
  return [
    {
      Sid: "MakeBalancers",
      Effect: "Allow",
      Action: ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"].map(
        (action) => `elasticloadbalancing:${action}`,
      ),
      Resource: all,
      Condition: { StringEquals: asked(cluster) },
    },
    {
      Sid: "TagNewBalancers",
      Effect: "Allow",
      Action: ["elasticloadbalancing:AddTags"],
      Resource: all,
      Condition: {
        StringEquals: {
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup", "CreateListener"],
          ...asked(cluster),
        },
      },
    },
    {
      Sid: "ChangeOwnBalancers",
      Effect: "Allow",
      Action: [
        ...["AddTags", "RemoveTags", "SetIpAddressType", "SetSecurityGroups", "SetSubnets"],
        ...["ModifyLoadBalancerAttributes", "ModifyTargetGroup", "ModifyTargetGroupAttributes", "ModifyListener"],
        ...["ModifyListenerAttributes", "ModifyCapacityReservation", "ModifyIpPools"],
        ...["AddListenerCertificates", "RemoveListenerCertificates", "RegisterTargets", "DeregisterTargets"],
        ...["DeleteLoadBalancer", "DeleteTargetGroup", "DeleteListener"],
      ].map((action) => `elasticloadbalancing:${action}`),
      Resource: all,
      Condition: own(cluster),
    },
  ];
}

function asked(cluster: string): Readonly<Record<string, string>> {
  return { [`aws:RequestTag/${CLUSTER_TAG}`]: cluster };
}

function own(cluster: string): Conditions {
  return { StringEquals: { [`aws:ResourceTag/${CLUSTER_TAG}`]: cluster } };
}
