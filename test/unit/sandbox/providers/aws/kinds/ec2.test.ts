import assert from "node:assert/strict";
import type { AwsKind } from "../../../../../../sandbox/providers/aws/kind.js";
import { loadKind } from "../../../../../../sandbox/providers/aws/kinds/table.js";
import { awsError } from "../fake.js";
import { FakeClients } from "./fake-clients.js";

const kind = (module: "ec2" | "vpc", name: string): Promise<AwsKind> =>
  loadKind(`aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);
const TAGS = { "ed8k:cluster": "dev" };
const TAG_LIST = [{ Key: "ed8k:cluster", Value: "dev" }];

describe("EC2 kinds: VPC", () => {
  it("sets one attribute per call, DNS itself before the names of hosts", async () => {
    const vpc = await kind("ec2", "Vpc");
    const fake = new FakeClients({
      DescribeVpcs: [{ Vpcs: [{ State: "pending" }] }, { Vpcs: [{ State: "available" }] }],
    });
    await vpc.settle?.("vpc-1", fake.clients, { enableDnsSupport: true, enableDnsHostnames: true });
    assert.deepEqual(fake.operations, ["DescribeVpcs", "DescribeVpcs", "ModifyVpcAttribute", "ModifyVpcAttribute"]);
    assert.deepEqual(fake.requests("ModifyVpcAttribute"), [
      { VpcId: "vpc-1", EnableDnsSupport: { Value: true } },
      { VpcId: "vpc-1", EnableDnsHostnames: { Value: true } },
    ]);
  });

  it("is removed when what uses it has gone, and is gone already when it is not found", async () => {
    const vpc = await kind("ec2", "Vpc");
    const inUse = awsError("DependencyViolation", "in use");
    const fake = new FakeClients({ DeleteVpc: [inUse, inUse, awsError("InvalidVpcID.NotFound", "gone")] });
    await vpc.delete("vpc-1", fake.clients, {});
    assert.deepEqual(fake.operations, ["DeleteVpc", "DeleteVpc", "DeleteVpc"]);
  });

  it("changes only the tags that differ", async () => {
    const vpc = await kind("ec2", "Vpc");
    const fake = new FakeClients({});
    const change = { old: { tags: { a: "1", b: "2", c: "3" } }, inputs: { tags: { b: "2", c: "4", d: "5" } } };
    await vpc.update?.("vpc-1", change, fake.clients);
    assert.deepEqual(fake.sent, [
      { operation: "DeleteTags", request: { Resources: ["vpc-1"], Tags: [{ Key: "a" }] } },
      {
        operation: "CreateTags",
        request: {
          Resources: ["vpc-1"],
          Tags: [
            { Key: "c", Value: "4" },
            { Key: "d", Value: "5" },
          ],
        },
      },
    ]);
  });

  it("does not know of tags that AWS itself puts there", async () => {
    const subnet = await kind("ec2", "Subnet");
    const Tags = [...TAG_LIST, { Key: "aws:cloudformation:stack-id", Value: "x" }];
    const fake = new FakeClients({ DescribeSubnets: { Subnets: [{ VpcId: "vpc-1", Tags }] } });
    assert.deepEqual((await subnet.read("subnet-1", fake.clients, {}))?.["tags"], TAGS);
  });
});

describe("EC2 kinds: NAT gateway", () => {
  it("waits until it is available, for minutes if need be", async () => {
    const nat = await kind("ec2", "NatGateway");
    const states = ["pending", "pending", "available"].map((State) => ({ NatGateways: [{ State }] }));
    const fake = new FakeClients({ DescribeNatGateways: states });
    await nat.settle?.("nat-1", fake.clients, {});
    assert.equal(fake.sent.length, 3);
  });

  it("tells why AWS failed to make it", async () => {
    const nat = await kind("ec2", "NatGateway");
    const NatGateways = [{ State: "failed", FailureMessage: "Network vpc-1 has no Internet gateway attached" }];
    const fake = new FakeClients({ DescribeNatGateways: { NatGateways } });
    await assert.rejects(nat.settle?.("nat-1", fake.clients, {}) ?? Promise.resolve(), {
      message: "AWS failed to make it: Network vpc-1 has no Internet gateway attached",
    });
  });

  it("is gone when AWS shows it as deleted, and only then", async () => {
    const nat = await kind("ec2", "NatGateway");
    const states = ["deleting", "deleted"].map((State) => ({ NatGateways: [{ State }] }));
    const fake = new FakeClients({ DescribeNatGateways: states });
    await nat.delete("nat-1", fake.clients, {});
    assert.deepEqual(fake.operations, ["DeleteNatGateway", "DescribeNatGateways", "DescribeNatGateways"]);
    assert.equal(await nat.read("nat-1", fake.clients, {}), undefined);
  });

  it("has subnet and address as inputs when zonal, and the VPC when regional", async () => {
    const nat = await kind("ec2", "NatGateway");
    const NatGatewayAddresses = [{ AllocationId: "eipalloc-1", PublicIp: "192.0.2.1" }];
    const found = { State: "available", VpcId: "vpc-1", ConnectivityType: "public", NatGatewayAddresses };
    const zonal = new FakeClients({ DescribeNatGateways: { NatGateways: [{ ...found, SubnetId: "subnet-1" }] } });
    const common = { connectivityType: "public", tags: {}, publicIp: "192.0.2.1" };
    assert.deepEqual(await nat.read("nat-1", zonal.clients, {}), {
      ...common,
      subnetId: "subnet-1",
      allocationId: "eipalloc-1",
      availabilityMode: "zonal",
    });
    const regional = new FakeClients({
      DescribeNatGateways: { NatGateways: [{ ...found, AvailabilityMode: "regional" }] },
    });
    assert.deepEqual(await nat.read("nat-1", regional.clients, {}), {
      ...common,
      vpcId: "vpc-1",
      availabilityMode: "regional",
    });
  });
});

describe("EC2 kinds: routes", () => {
  const inputs = { routeTableId: "rtb-1", destinationCidrBlock: "0.0.0.0/0", natGatewayId: "nat-1" };
  const tables = (NatGatewayId: string) => ({
    RouteTables: [{ Routes: [{ DestinationCidrBlock: "0.0.0.0/0", NatGatewayId, State: "active" }] }],
  });

  it("wait for the NAT gateway to be seen", async () => {
    const route = await kind("ec2", "Route");
    const fake = new FakeClients({ CreateRoute: [awsError("InvalidNatGatewayID.NotFound", "not yet"), {}] });
    assert.equal(await route.create(inputs, fake.clients), "rtb-1_0.0.0.0/0");
    assert.deepEqual(fake.operations, ["CreateRoute", "CreateRoute"]);
  });

  it("that an earlier try made are its own; those that lead elsewhere are not", async () => {
    const route = await kind("ec2", "Route");
    const taken = awsError("RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.");
    const own = new FakeClients({ CreateRoute: taken, DescribeRouteTables: tables("nat-1") });
    assert.equal(await route.create(inputs, own.clients), "rtb-1_0.0.0.0/0");
    const foreign = new FakeClients({ CreateRoute: taken, DescribeRouteTables: tables("nat-2") });
    await assert.rejects(route.create(inputs, foreign.clients), taken);
  });

  it("of a subnet are found by the subnet, so that another table keeps the resource's id", async () => {
    const association = await kind("ec2", "RouteTableAssociation");
    const Associations = [
      { RouteTableAssociationId: "rtbassoc-1", SubnetId: "subnet-2", RouteTableId: "rtb-1" },
      { RouteTableAssociationId: "rtbassoc-2", SubnetId: "subnet-1", RouteTableId: "rtb-1" },
    ];
    const fake = new FakeClients({ DescribeRouteTables: { RouteTables: [{ Associations }] } });
    const change = { old: { routeTableId: "rtb-1" }, inputs: { routeTableId: "rtb-2" } };
    await association.update?.("subnet-1", change, fake.clients);
    assert.deepEqual(fake.requests("ReplaceRouteTableAssociation"), [
      { AssociationId: "rtbassoc-2", RouteTableId: "rtb-2" },
    ]);
  });
});

describe("EC2 kinds: VPC endpoint", () => {
  it("adds and removes the tables that came and went", async () => {
    const endpoint = await kind("ec2", "VpcEndpoint");
    const fake = new FakeClients({});
    const change = { old: { routeTableIds: ["rtb-1", "rtb-2"] }, inputs: { routeTableIds: ["rtb-2", "rtb-3"] } };
    await endpoint.update?.("vpce-1", change, fake.clients);
    assert.deepEqual(fake.sent, [
      {
        operation: "ModifyVpcEndpoint",
        request: { VpcEndpointId: "vpce-1", AddRouteTableIds: ["rtb-3"], RemoveRouteTableIds: ["rtb-1"] },
      },
    ]);
  });

  it("is refused its removal aloud: AWS says so inside an answer that is no error", async () => {
    const endpoint = await kind("ec2", "VpcEndpoint");
    const Error = { Code: "InvalidParameter", Message: "Operation is not allowed for requester-managed VPC endpoints" };
    const fake = new FakeClients({ DeleteVpcEndpoints: { Unsuccessful: [{ Error }] } });
    await assert.rejects(endpoint.delete("vpce-1", fake.clients, {}), {
      message: "AWS refused: InvalidParameter: Operation is not allowed for requester-managed VPC endpoints",
    });
  });
});
