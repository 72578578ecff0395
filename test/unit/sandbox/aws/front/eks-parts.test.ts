import assert from "node:assert/strict";
import {
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateAddonCommand,
  CreateClusterCommand,
  CreateNodegroupCommand,
  CreatePodIdentityAssociationCommand,
  DeleteAccessEntryCommand,
  DeleteAddonCommand,
  DeleteClusterCommand,
  DeleteNodegroupCommand,
  DeletePodIdentityAssociationCommand,
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeAddonVersionsCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  EKSClient,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListPodIdentityAssociationsCommand,
  UpdateAccessEntryCommand,
  UpdateAddonCommand,
  UpdateNodegroupConfigCommand,
  UpdateNodegroupVersionCommand,
  UpdatePodIdentityAssociationCommand,
} from "@aws-sdk/client-eks";
import { EKS_ADD_ONS, eksAddOnVersion } from "../../../../../versions.js";
import { EMULATED, OpenFront, refusal } from "../open-front.js";

const clusterName = "ed8k-dev";
const roleArn = "arn:aws:iam::111122223333:role/some";

describe("EKS in the sandbox: what is in a cluster", () => {
  let front: OpenFront;
  let eks: EKSClient;
  beforeEach(async () => {
    front = new OpenFront();
    await front.open();
    front.emulator.answerActions(EMULATED);
    eks = new EKSClient(front.client);
    const resourcesVpcConfig = { subnetIds: ["subnet-1", "subnet-2"] };
    const accessConfig = { authenticationMode: "API" } as const;
    await eks.send(
      new CreateClusterCommand({ name: clusterName, version: "1.35", roleArn, resourcesVpcConfig, accessConfig }),
    );
    front.settle();
  });
  afterEach(async () => {
    eks.destroy();
    await front.close();
  });

  it("node groups change labels, taints and sizes, and go before the cluster", async () => {
    const group = { clusterName, nodegroupName: "system" };
    const taint = { key: "CriticalAddonsOnly", value: "true", effect: "NO_SCHEDULE" } as const;
    await eks.send(
      new CreateNodegroupCommand({
        ...group,
        nodeRole: roleArn,
        subnets: ["subnet-1"],
        labels: { a: "1", b: "2" },
        taints: [taint],
      }),
    );
    const update = {
      ...group,
      labels: { addOrUpdateLabels: { c: "3" }, removeLabels: ["a"] },
      scalingConfig: { desiredSize: 3 },
    };
    assert.equal(
      await refusal(eks.send(new UpdateNodegroupConfigCommand(update))),
      "ResourceInUseException: Nodegroup cannot be changed: its status is CREATING",
    );
    front.settle();
    const changed = await eks.send(new UpdateNodegroupConfigCommand({ ...update, taints: { removeTaints: [taint] } }));
    assert.deepEqual([changed.update?.type, changed.update?.status], ["ConfigUpdate", "InProgress"]);
    const { nodegroup } = await eks.send(new DescribeNodegroupCommand(group));
    const { status, labels, taints, scalingConfig, version, amiType } = nodegroup ?? {};
    assert.deepEqual(
      { status, labels, taints, scalingConfig, version, amiType },
      {
        status: "UPDATING",
        labels: { b: "2", c: "3" },
        taints: [],
        scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 3 },
        version: "1.35",
        amiType: "AL2023_x86_64_STANDARD",
      },
    );
    front.settle();
    assert.equal(
      await refusal(eks.send(new UpdateNodegroupVersionCommand({ ...group, version: "1.36" }))),
      "InvalidParameterException: Nodegroup Kubernetes version 1.36 must be that of the cluster, 1.35",
    );
    assert.equal(
      await refusal(eks.send(new DeleteClusterCommand({ name: clusterName }))),
      "ResourceInUseException: Cluster has nodegroups attached",
    );
    await eks.send(new DeleteNodegroupCommand(group));
    front.settle();
    assert.equal(
      await refusal(eks.send(new DescribeNodegroupCommand(group))),
      "ResourceNotFoundException: No node group found for name: system.",
    );
  });

  it("add-ons and their versions are those that are pinned: a mistyped one is refused", async () => {
    const addon = { clusterName, addonName: "coredns" };
    const [version, other] = ["v1.14.2-eksbuild.4", "v1.14.3-eksbuild.3"];
    await eks.send(new CreateAddonCommand({ ...addon, configurationValues: "{}" }));
    front.settle();
    assert.equal((await eks.send(new DescribeAddonCommand(addon))).addon?.addonVersion, version);
    await eks.send(new UpdateAddonCommand({ ...addon, addonVersion: other }));
    front.settle();
    const { addon: shown } = await eks.send(new DescribeAddonCommand(addon));
    assert.deepEqual([shown?.status, shown?.addonVersion, shown?.configurationValues], ["ACTIVE", other, "{}"]);
    for (const [input, expected] of [
      [addon, "ResourceInUseException: Addon already exists."],
      [
        { clusterName, addonName: "none" },
        "InvalidParameterException: Addon none specified is not supported; the sandbox knows vpc-cni, eks-pod-identity-agent, aws-ebs-csi-driver, metrics-server, snapshot-controller, coredns, kube-proxy",
      ],
      [
        { clusterName, addonName: "vpc-cni", addonVersion: "v1.22.4-eksbuild.9" },
        `InvalidParameterException: Addon version specified is not supported: v1.22.4-eksbuild.9; the sandbox knows ${EKS_ADD_ONS["vpc-cni"]}`,
      ],
      [
        { clusterName, addonName: "vpc-cni", podIdentityAssociations: [{ serviceAccount: "a", roleArn }] },
        "UnsupportedOperation: the sandbox has no podIdentityAssociations of add-ons; make them with CreatePodIdentityAssociation",
      ],
    ] as const) {
      assert.equal(
        await refusal(eks.send(new CreateAddonCommand(input as ConstructorParameters<typeof CreateAddonCommand>[0]))),
        expected,
      );
    }
    const mistyped = new UpdateAddonCommand({ ...addon, addonVersion: `${version}0` });
    assert.match(await refusal(eks.send(mistyped)), /^InvalidParameterException: Addon version specified is not supp/);
    await eks.send(new DeleteAddonCommand(addon));
    front.settle();
    assert.equal(
      await refusal(eks.send(new DescribeAddonCommand(addon))),
      "ResourceNotFoundException: No addon: coredns found in cluster: ed8k-dev",
    );
    const offered = await eks.send(
      new DescribeAddonVersionsCommand({ addonName: "kube-proxy", kubernetesVersion: "1.35" }),
    );
    assert.deepEqual(
      offered.addons?.map(({ addonVersions }) => addonVersions?.map((one) => one.addonVersion)),
      [[eksAddOnVersion("kube-proxy", "1.35")]],
    );
  });

  it("access entries are for roles and users of IAM, and give no name that is kept", async () => {
    const principalArn = "arn:aws:iam::111122223333:role/team/developer";
    const access = { clusterName, principalArn };
    const username = "ed8k:{{SessionNameRaw}}";
    const kubernetesGroups = ["ed8k:developers"];
    const made = await eks.send(new CreateAccessEntryCommand({ ...access, username, kubernetesGroups }));
    assert.deepEqual([made.accessEntry?.type, made.accessEntry?.username], ["STANDARD", username]);
    const other = { clusterName, principalArn: "arn:aws:iam::111122223333:role/other" };
    for (const [input, expected] of [
      [access, "ResourceInUseException: The specified access entry resource is already in use on this cluster."],
      [
        { ...other, username: "{{SessionName}}" },
        "InvalidParameterException: The username {{SessionName}} must contain a colon before {{SessionName}}",
      ],
      [
        { ...other, username: "system:admin" },
        "InvalidParameterException: The username system:admin is invalid, it cannot start with system:, eks:, aws:, amazon: or iam:",
      ],
      [
        { ...other, kubernetesGroups: ["system:masters"] },
        "InvalidParameterException: The kubernetes group name system:masters is invalid, it cannot start with system:, eks:, aws:, amazon: or iam:",
      ],
      [
        { clusterName, principalArn: "arn:aws:sts::111122223333:assumed-role/x/y" },
        "InvalidParameterException: The specified principalArn is invalid: arn:aws:sts::111122223333:assumed-role/x/y is no role or user of IAM",
      ],
    ] as const) {
      assert.equal(
        await refusal(
          eks.send(new CreateAccessEntryCommand(input as ConstructorParameters<typeof CreateAccessEntryCommand>[0])),
        ),
        expected,
      );
    }
    await eks.send(new CreateAccessEntryCommand(other));
    const plain = await eks.send(new DescribeAccessEntryCommand(other));
    assert.equal(plain.accessEntry?.username, "arn:aws:sts::111122223333:assumed-role/other/{{SessionName}}");
    await eks.send(new UpdateAccessEntryCommand({ ...other, username: "ci:{{SessionName}}" }));
    assert.deepEqual((await eks.send(new ListAccessEntriesCommand({ clusterName }))).accessEntries, [
      "arn:aws:iam::111122223333:role/admin",
      principalArn,
      "arn:aws:iam::111122223333:role/other",
    ]);
    await eks.send(new DeleteAccessEntryCommand(other));
    assert.match(await refusal(eks.send(new DescribeAccessEntryCommand(other))), /^ResourceNotFoundException: /);
  });

  it("policies are associated once each, with a scope", async () => {
    const access = { clusterName, principalArn: "arn:aws:iam::111122223333:role/admin" };
    const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
    for (const namespaces of [["a"], ["b"]]) {
      const accessScope = { type: "namespace", namespaces } as const;
      await eks.send(new AssociateAccessPolicyCommand({ ...access, policyArn, accessScope }));
    }
    const { associatedAccessPolicies } = await eks.send(new ListAssociatedAccessPoliciesCommand(access));
    assert.deepEqual(
      associatedAccessPolicies?.map((one) => [one.policyArn?.split("/")[1], one.accessScope]),
      [
        ["AmazonEKSClusterAdminPolicy", { type: "cluster", namespaces: [] }],
        ["AmazonEKSViewPolicy", { type: "namespace", namespaces: ["b"] }],
      ],
    );
    const unknown = {
      ...access,
      policyArn: "arn:aws:iam::aws:policy/Admin",
      accessScope: { type: "cluster" } as const,
    };
    assert.equal(
      await refusal(eks.send(new AssociateAccessPolicyCommand(unknown))),
      "InvalidParameterException: The policyArn parameter format is not valid: arn:aws:iam::aws:policy/Admin",
    );
  });

  it("a service account has one association", async () => {
    const pod = { clusterName, namespace: "shop", serviceAccount: "web" };
    const { association } = await eks.send(
      new CreatePodIdentityAssociationCommand({ ...pod, roleArn, policy: "{}", disableSessionTags: true }),
    );
    const id = { clusterName, associationId: association?.associationId };
    assert.equal(
      await refusal(eks.send(new CreatePodIdentityAssociationCommand({ ...pod, roleArn }))),
      `ResourceInUseException: Association already exists: ${id.associationId ?? ""}`,
    );
    await eks.send(new UpdatePodIdentityAssociationCommand({ ...id, roleArn: `${roleArn}-2` }));
    const shown = await eks.send(new DescribePodIdentityAssociationCommand(id));
    const { policy, disableSessionTags } = shown.association ?? {};
    assert.deepEqual([shown.association?.roleArn, policy, disableSessionTags], [`${roleArn}-2`, "{}", true]);
    const list = async (namespace: string) =>
      (await eks.send(new ListPodIdentityAssociationsCommand({ clusterName, namespace }))).associations?.length;
    assert.deepEqual([await list("shop"), await list("other")], [1, 0]);
    await eks.send(new DeletePodIdentityAssociationCommand(id));
    assert.equal(await list("shop"), 0);
  });
});
