import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { GROUPS, userName } from "../../../naming.js";
import type { AwsPlan } from "../plan/plan.js";
import { clusterTags } from "../plan/tags.js";
import type { EksSettings } from "../settings.js";

export interface AccessArgs {
  readonly plan: AwsPlan;
  readonly clusterName: pulumi.Input<string>;
  /** Of the nodes that Karpenter makes; those of node groups EKS lets in by itself. */
  readonly nodeRoleArn: pulumi.Input<string>;
}

const ADMIN_POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy";

/**
 * Each session is a user of its own, though all share a role; `Raw` keeps the `@` of an e-mail address, without it two
 * people could become one. https://docs.aws.amazon.com/eks/latest/userguide/set-custom-username.html
 */
const SESSION_USER = userName("{{SessionNameRaw}}");

type Users = "admins" | "developers" | "ci";

/** What the roles of each list are to Kubernetes. */
const GROUP_OF: Readonly<Record<Users, string>> = {
  admins: GROUPS.platform,
  developers: GROUPS.developers,
  ci: GROUPS.ci,
};

/** Who gets into the cluster: people and pipelines by their roles, and nodes. */
export class Access extends pulumi.ComponentResource {
  constructor(name: string, args: AccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("ed8k:aws:Access", name, {}, opts);
    const { settings } = args.plan;
    for (const { users, role, key } of entries(settings.eks)) {
      const entry = new aws.eks.AccessEntry(
        key,
        {
          clusterName: args.clusterName,
          principalArn: role,
          type: "STANDARD",
          userName: SESSION_USER,
          kubernetesGroups: [GROUP_OF[users]],
          tags: clusterTags(settings),
        },
        { parent: this },
      );
      if (users !== "admins") continue;
      new aws.eks.AccessPolicyAssociation(
        key,
        {
          clusterName: args.clusterName,
          principalArn: role,
          policyArn: ADMIN_POLICY,
          accessScope: { type: "cluster" },
        },
        { parent: this, dependsOn: [entry] },
      );
    }
    new aws.eks.AccessEntry(
      "karpenter-node",
      {
        clusterName: args.clusterName,
        principalArn: args.nodeRoleArn,
        type: "EC2_LINUX",
        tags: clusterTags(settings),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

interface Entry {
  readonly users: Users;
  readonly role: string;
  /** `developers-<account>/<role>`: stable when the list is put in another order. */
  readonly key: string;
}

function entries(eks: EksSettings): readonly Entry[] {
  return (["admins", "developers", "ci"] as const).flatMap((users) =>
    eks[users].map((role) => {
      const [account, path] = role.slice(role.indexOf("::") + 2).split(":role/");
      return { users, role, key: `${users}-${account ?? ""}/${path ?? ""}` };
    }),
  );
}
