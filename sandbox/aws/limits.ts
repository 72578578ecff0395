/** What AWS does and the sandbox does not; whole sentences, for `sandbox status` and the docs. */
export const AWS_LIMITS = [
  "Node groups bring no nodes: the sandbox's own nodes are there in any case.",
  "Every EKS cluster has the sandbox's one API server, whatever version it asks for; add-ons are records, and nothing is installed for them.",
  "Pods get no credentials: Pod Identity associations are records.",
  "Of EKS' access policies AmazonEKSClusterAdminPolicy alone has an effect, for the whole cluster.",
  "An administrator by EKS' access policy is in system:masters here, and admission policies let that pass; on EKS the policy gives no group, and ED8K's own policies refuse whoever is in no other.",
  "Access entries may name roles that are not there.",
  "IAM checks nothing: every key of the sandbox may do everything. Signatures are checked by EKS, IAM and STS, and for logins to the cluster; other services take any key, from everybody on the machine.",
  "Networks carry nothing: VPCs, NAT gateways, endpoints, security groups and flow logs are records.",
  "No broker answers at MSK's addresses; topics are records, and serverless clusters are refused.",
  "Nothing is encrypted with KMS' keys at rest, no budget counts costs, no event reaches a queue by itself.",
  "Rules of EventBridge go away with targets in them, and a security group's rule that is there already is no error.",
  "The stand-in for Pulumi's provider takes over what an earlier try made whose answer was lost; the published one reports that it is there already.",
  "There is the region eu-west-1 alone, with the account 111122223333.",
  "Calls of EKS and MSK that the sandbox does not know are refused with UnsupportedOperation.",
] as const;
