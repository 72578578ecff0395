const AWS = "arn:aws:iam::aws:policy";

/** Policies that AWS keeps for exactly these purposes. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
export const MANAGED_POLICIES = {
  /** Join the cluster, give pods addresses, pull images, be looked into without SSH. */
  node: [
    `${AWS}/AmazonEKSWorkerNodePolicy`,
    `${AWS}/AmazonEKS_CNI_Policy`,
    `${AWS}/AmazonEC2ContainerRegistryPullOnly`,
    `${AWS}/AmazonSSMManagedInstanceCore`,
  ],
  /** Volumes of PersistentVolumeClaims and their snapshots. */
  ebsCsi: [`${AWS}/service-role/AmazonEBSCSIDriverPolicy`],
} as const;
