import assert from "node:assert/strict";
import type { AwsKind } from "../../../../../../sandbox/providers/aws/kind.js";
import { loadKind } from "../../../../../../sandbox/providers/aws/kinds/table.js";
import { awsError } from "../fake.js";
import { FakeClients } from "./fake-clients.js";

const kind = (module: "ec2" | "vpc", name: string): Promise<AwsKind> =>
  loadKind(`aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);
const TAGS = { "ed8k:cluster": "dev" };
const TAG_LIST = [{ Key: "ed8k:cluster", Value: "dev" }];

describe("EC2 kinds: security groups", () => {
  const inputs = { vpcId: "vpc-1", name: "ed8k-dev", description: "d", tags: TAGS };
  const found = { GroupId: "sg-1", VpcId: "vpc-1", GroupName: "ed8k-dev", Description: "d", Tags: TAG_LIST };
  const everything = { SecurityGroupRuleId: "sgr-1", IsEgress: true, IpProtocol: "-1", CidrIpv4: "0.0.0.0/0" };
  const web = { SecurityGroupRuleId: "sgr-2", IsEgress: false, IpProtocol: "tcp", FromPort: 443, ToPort: 443 };

  it("are made without the rule that lets everything out", async () => {
    const group = await kind("ec2", "SecurityGroup");
    const fake = new FakeClients({
      CreateSecurityGroup: { GroupId: "sg-1" },
      DescribeSecurityGroupRules: { SecurityGroupRules: [everything] },
    });
    assert.equal(await group.create(inputs, fake.clients), "sg-1");
    assert.deepEqual(fake.requests("RevokeSecurityGroupEgress"), [
      { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] },
    ]);
  });

  it("of an earlier try whose answer was lost are known by tags and all else", async () => {
    const group = await kind("ec2", "SecurityGroup");
    const taken = awsError("InvalidGroup.Duplicate", "exists");
    const own = new FakeClients({ CreateSecurityGroup: taken, DescribeSecurityGroups: { SecurityGroups: [found] } });
    assert.equal(await group.create(inputs, own.clients), "sg-1");
    const strange = { ...found, Tags: [] };
    const foreign = new FakeClients({
      CreateSecurityGroup: taken,
      DescribeSecurityGroups: { SecurityGroups: [strange] },
    });
    await assert.rejects(group.create(inputs, foreign.clients), taken);
    await assert.rejects(group.create({ ...inputs, tags: {} }, foreign.clients), taken);
  });

  it("that are the VPC's default lose every rule, page by page, and stay when forgotten", async () => {
    const group = await kind("ec2", "DefaultSecurityGroup");
    const fake = new FakeClients({
      DescribeSecurityGroupRules: [
        { SecurityGroupRules: [everything], NextToken: "more" },
        { SecurityGroupRules: [web] },
      ],
    });
    await group.settle?.("sg-1", fake.clients, {});
    assert.deepEqual(fake.requests("RevokeSecurityGroupIngress"), [
      { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-2"] },
    ]);
    assert.deepEqual(fake.requests("RevokeSecurityGroupEgress"), [
      { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] },
    ]);
    const forgotten = new FakeClients({});
    await group.delete("sg-1", forgotten.clients, {});
    assert.deepEqual(forgotten.sent, []);
  });

  it("that are the default show rules that somebody added, and take none from the program", async () => {
    const group = await kind("ec2", "DefaultSecurityGroup");
    const fake = new FakeClients({
      DescribeSecurityGroups: { SecurityGroups: [found] },
      DescribeSecurityGroupRules: { SecurityGroupRules: [web, everything] },
    });
    const live = await group.read("sg-1", fake.clients, {});
    assert.deepEqual([live?.["ingress"], live?.["egress"]], [["tcp 443-443"], ["-1 0.0.0.0/0"]]);
    await assert.rejects(group.create({ vpcId: "vpc-1", ingress: ["tcp 22-22"] }, fake.clients), {
      message: "The sandbox's default security group has no rules",
    });
  });
});

describe("EC2 kinds: security group rules", () => {
  const answer = { SecurityGroupRules: [{ SecurityGroupRuleId: "sgr-1" }] };

  it("name a block or a group", async () => {
    const rule = await kind("vpc", "SecurityGroupIngressRule");
    const fake = new FakeClients({ AuthorizeSecurityGroupIngress: answer });
    const ports = { securityGroupId: "sg-1", ipProtocol: "tcp", fromPort: 443, toPort: 443 };
    assert.equal(await rule.create({ ...ports, cidrIpv4: "10.8.0.0/16", description: "VPN" }, fake.clients), "sgr-1");
    await rule.create({ ...ports, referencedSecurityGroupId: "sg-2", tags: TAGS }, fake.clients);
    const permission = { IpProtocol: "tcp", FromPort: 443, ToPort: 443 };
    assert.deepEqual(fake.requests("AuthorizeSecurityGroupIngress"), [
      {
        GroupId: "sg-1",
        IpPermissions: [{ ...permission, IpRanges: [{ CidrIp: "10.8.0.0/16", Description: "VPN" }] }],
      },
      {
        GroupId: "sg-1",
        IpPermissions: [{ ...permission, UserIdGroupPairs: [{ GroupId: "sg-2", Description: undefined }] }],
        TagSpecifications: [{ ResourceType: "security-group-rule", Tags: TAG_LIST }],
      },
    ]);
  });

  it("have no ports when AWS says -1", async () => {
    const rule = await kind("vpc", "SecurityGroupEgressRule");
    const all = {
      SecurityGroupRuleId: "sgr-1",
      GroupId: "sg-1",
      IsEgress: true,
      IpProtocol: "-1",
      FromPort: -1,
      ToPort: -1,
    };
    const fake = new FakeClients({ DescribeSecurityGroupRules: { SecurityGroupRules: [all] } });
    const live = await rule.read("sgr-1", fake.clients, {});
    assert.deepEqual([live?.["fromPort"], live?.["toPort"]], [undefined, undefined]);
    await rule.delete("sgr-1", fake.clients, {});
    assert.deepEqual(fake.requests("RevokeSecurityGroupEgress"), [
      { GroupId: "sg-1", SecurityGroupRuleIds: ["sgr-1"] },
    ]);
  });

  it("are gone when AWS gives none, or says so", async () => {
    const rule = await kind("vpc", "SecurityGroupIngressRule");
    const gone = awsError("InvalidSecurityGroupRuleId.NotFound", "gone");
    for (const DescribeSecurityGroupRules of [{ SecurityGroupRules: [] }, gone]) {
      const fake = new FakeClients({ DescribeSecurityGroupRules });
      assert.equal(await rule.read("sgr-1", fake.clients, {}), undefined);
      await rule.delete("sgr-1", fake.clients, {});
      assert.deepEqual(fake.requests("RevokeSecurityGroupIngress"), []);
    }
  });

  it("of an earlier try whose answer was lost are found among the group's", async () => {
    const rule = await kind("vpc", "SecurityGroupIngressRule");
    const inputs = {
      securityGroupId: "sg-1",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.8.0.0/16",
      tags: TAGS,
    };
    const own = {
      GroupId: "sg-1",
      IpProtocol: "tcp",
      FromPort: 443,
      ToPort: 443,
      CidrIpv4: "10.8.0.0/16",
      Tags: TAG_LIST,
    };
    const rules = [
      { ...own, SecurityGroupRuleId: "sgr-1", ToPort: 444 },
      { ...own, SecurityGroupRuleId: "sgr-2", IsEgress: true },
      { ...own, SecurityGroupRuleId: "sgr-3" },
    ];
    const taken = awsError("InvalidPermission.Duplicate", "exists");
    const fake = new FakeClients({
      AuthorizeSecurityGroupIngress: taken,
      DescribeSecurityGroupRules: { SecurityGroupRules: rules },
    });
    assert.equal(await rule.create(inputs, fake.clients), "sgr-3");
    await assert.rejects(rule.create({ ...inputs, fromPort: 80 }, fake.clients), taken);
    await assert.rejects(rule.create({ ...inputs, tags: { by: "another" } }, fake.clients), taken);
  });
});
