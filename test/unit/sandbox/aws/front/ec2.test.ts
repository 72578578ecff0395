import assert from "node:assert/strict";
import {
  CreateFlowLogsCommand,
  CreateNatGatewayCommand,
  CreateSubnetCidrReservationCommand,
  CreateSubnetCommand,
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteNatGatewayCommand,
  DeleteSubnetCidrReservationCommand,
  DeleteSubnetCommand,
  DeleteTagsCommand,
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  EC2Client,
  GetSubnetCidrReservationsCommand,
  ReleaseAddressCommand,
} from "@aws-sdk/client-ec2";
import { BEGIN, OpenFront, refusal } from "../open-front.js";

const EMULATED = {
  CreateVpc: "<CreateVpcResponse><vpc><vpcId>vpc-1</vpcId></vpc></CreateVpcResponse>",
  DescribeSubnets: "<item><subnetId>subnet-1</subnetId><vpcId>vpc-1</vpcId><cidrBlock>10.64.0.0/19</cidrBlock></item>",
  DescribeVpcs: "<item><vpcId>vpc-1</vpcId></item>",
  DescribeAddresses: "<item><allocationId>eipalloc-1</allocationId><publicIp>52.1.2.3</publicIp></item>",
  CreateSubnet: "<CreateSubnetResponse><subnet><subnetId>subnet-2</subnetId></subnet></CreateSubnetResponse>",
  DeleteSubnet: "<DeleteSubnetResponse><return>true</return></DeleteSubnetResponse>",
  ReleaseAddress: "<ReleaseAddressResponse><return>true</return></ReleaseAddressResponse>",
  CreateFlowLogs: "<CreateFlowLogsResponse><flowLogIdSet><item>fl-1</item></flowLogIdSet></CreateFlowLogsResponse>",
  DescribeFlowLogs:
    "<DescribeFlowLogsResponse><flowLogSet><item><flowLogId>fl-1</flowLogId></item><item><flowLogId>fl-2</flowLogId></item></flowLogSet></DescribeFlowLogsResponse>",
};

describe("EC2 in the sandbox", () => {
  let front: OpenFront;
  let ec2: EC2Client;
  beforeEach(async () => {
    front = new OpenFront();
    await front.open();
    front.emulator.answerActions(EMULATED);
    ec2 = new EC2Client(front.client);
  });
  afterEach(async () => {
    ec2.destroy();
    await front.close();
  });

  it("is the emulator's, as it was asked, wherever the front has nothing to add", async () => {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.64.0.0/16" }));
    assert.equal(Vpc?.VpcId, "vpc-1");
    const [asked] = front.emulator.asked;
    assert.equal(asked?.body, "Action=CreateVpc&Version=2016-11-15&CidrBlock=10.64.0.0%2F16");
    assert.equal(asked.headers.host, `127.0.0.1:${front.port}`);
    assert.match(
      asked.headers.authorization ?? "",
      /^AWS4-HMAC-SHA256 Credential=ED8KSANDBOX\/\d{8}\/eu-west-1\/ec2\/aws4_request, /,
    );
  });

  it("refuses subnets that overlap", async () => {
    const subnet = (CidrBlock: string) => refusal(ec2.send(new CreateSubnetCommand({ VpcId: "vpc-1", CidrBlock })));
    assert.equal(
      await subnet("10.64.16.0/20"),
      "InvalidSubnet.Conflict: The CIDR '10.64.16.0/20' conflicts with another subnet",
    );
    assert.equal(await subnet("10.64.32.0/19"), "not refused");
    assert.deepEqual(front.emulator.actions, ["DescribeSubnets", "DescribeSubnets", "CreateSubnet"]);
  });

  it("keeps reservations within their subnet, until it goes", async () => {
    const SubnetId = "subnet-1";
    const reserve = (Cidr: string) =>
      ec2.send(
        new CreateSubnetCidrReservationCommand({ SubnetId, Cidr, ReservationType: "prefix", Description: "pods" }),
      );
    const { SubnetCidrReservation } = await reserve("10.64.16.0/20");
    const { SubnetCidrReservationId, ...made } = SubnetCidrReservation ?? {};
    assert.deepEqual(made, {
      SubnetId,
      Cidr: "10.64.16.0/20",
      ReservationType: "prefix",
      OwnerId: "111122223333",
      Description: "pods",
    });
    assert.equal(
      await refusal(reserve("10.64.64.0/20")),
      "InvalidParameterValue: The CIDR '10.64.64.0/20' is not within the subnet 'subnet-1'",
    );
    assert.equal(
      await refusal(reserve("10.64.24.0/21")),
      "InvalidParameterValue: The CIDR '10.64.24.0/21' overlaps with another reservation of the subnet 'subnet-1'",
    );
    const listed = async () =>
      (await ec2.send(new GetSubnetCidrReservationsCommand({ SubnetId }))).SubnetIpv4CidrReservations?.map(
        (one) => one.Cidr,
      );
    assert.deepEqual(await listed(), ["10.64.16.0/20"]);
    const gone = { SubnetCidrReservationId };
    await ec2.send(new DeleteSubnetCidrReservationCommand(gone));
    assert.match(
      await refusal(ec2.send(new DeleteSubnetCidrReservationCommand(gone))),
      /^InvalidSubnetCidrReservationID\.NotFound: /,
    );
    await reserve("10.64.0.0/20");
    await ec2.send(new DeleteSubnetCommand({ SubnetId }));
    assert.deepEqual(await listed(), []);
  });

  it("has NAT gateways of a subnet, with an address that nobody takes away", async () => {
    const { NatGateway } = await ec2.send(
      new CreateNatGatewayCommand({
        SubnetId: "subnet-1",
        AllocationId: "eipalloc-1",
        TagSpecifications: [{ ResourceType: "natgateway", Tags: [{ Key: "ed8k:cluster", Value: "dev" }] }],
      }),
    );
    const id = NatGateway?.NatGatewayId ?? "";
    const shown = async () =>
      (await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [id] }))).NatGateways?.[0];
    assert.equal((await shown())?.State, "pending");
    front.settle();
    assert.deepEqual(await shown(), {
      NatGatewayId: id,
      VpcId: "vpc-1",
      SubnetId: "subnet-1",
      State: "available",
      CreateTime: new Date(BEGIN),
      ConnectivityType: "public",
      AvailabilityMode: "zonal",
      NatGatewayAddresses: [{ AllocationId: "eipalloc-1", PublicIp: "52.1.2.3", IsPrimary: true, Status: "succeeded" }],
      Tags: [{ Key: "ed8k:cluster", Value: "dev" }],
    });
    await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: "a", Value: "b" }] }));
    await ec2.send(new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: "ed8k:cluster" }] }));
    assert.deepEqual((await shown())?.Tags, [{ Key: "a", Value: "b" }]);
    const release = () => refusal(ec2.send(new ReleaseAddressCommand({ AllocationId: "eipalloc-1" })));
    const remove = () => refusal(ec2.send(new DeleteSubnetCommand({ SubnetId: "subnet-1" })));
    assert.equal(
      await release(),
      `InvalidIPAddress.InUse: The address with allocation id eipalloc-1 is in use by ${id}`,
    );
    assert.equal(await remove(), "DependencyViolation: The subnet 'subnet-1' has dependencies and cannot be deleted.");
    await ec2.send(new DeleteNatGatewayCommand({ NatGatewayId: id }));
    assert.equal((await shown())?.State, "deleting");
    front.settle();
    assert.equal((await shown())?.State, "deleted");
    assert.deepEqual([await release(), await remove()], ["not refused", "not refused"]);
    front.now += 60 * 60_000 + 1;
    assert.equal(await refusal(shown()), `NatGatewayNotFound: NAT gateway ${id} was not found`);
  });

  it("has regional NAT gateways, which are in no subnet", async () => {
    await ec2.send(new CreateNatGatewayCommand({ VpcId: "vpc-1", AvailabilityMode: "regional" }));
    front.settle();
    const find = async (Name: string, Value: string) =>
      (await ec2.send(new DescribeNatGatewaysCommand({ Filter: [{ Name, Values: [Value] }] }))).NatGateways ?? [];
    const [found] = await find("vpc-id", "vpc-1");
    assert.deepEqual([found?.State, found?.AvailabilityMode, found?.SubnetId], ["available", "regional", undefined]);
    assert.deepEqual(await find("state", "deleted"), []);
    assert.equal(
      await refusal(find("zone", "a")),
      "UnsupportedOperation: the sandbox has no filter zone of NAT gateways",
    );
    for (const [input, message] of [
      [{}, "MissingParameter: a zonal NAT gateway needs SubnetId"],
      [
        { SubnetId: "subnet-1", AvailabilityMode: "regional" },
        "MissingParameter: a regional NAT gateway needs VpcId, and no SubnetId",
      ],
      [{ SubnetId: "subnet-1" }, "MissingParameter: The request must contain the parameter AllocationId"],
    ] as const) {
      assert.equal(await refusal(ec2.send(new CreateNatGatewayCommand(input))), message);
    }
  });

  it("remembers of flow logs what the emulator forgets", async () => {
    await ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: ["vpc-1"],
        ResourceType: "VPC",
        DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/logs",
        MaxAggregationInterval: 60,
        TagSpecifications: [{ ResourceType: "vpc-flow-log", Tags: [{ Key: "a", Value: "b" }] }],
      }),
    );
    const sent = new URLSearchParams(String(front.emulator.asked[0]?.body));
    assert.equal(sent.get("TagSpecification.1.ResourceType"), "flow-log", "as the emulator knows them");
    const { FlowLogs } = await ec2.send(new DescribeFlowLogsCommand({}));
    assert.deepEqual(FlowLogs, [
      {
        FlowLogId: "fl-1",
        DeliverLogsPermissionArn: "arn:aws:iam::111122223333:role/logs",
        MaxAggregationInterval: 60,
      },
      { FlowLogId: "fl-2" },
    ]);
  });
});
