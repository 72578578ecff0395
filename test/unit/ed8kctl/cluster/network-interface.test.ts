import assert from "node:assert/strict";
import type { NetworkInterface } from "@aws-sdk/client-ec2";
import { interfaceLeft } from "../../../../ed8kctl/cluster/aws-left/network-interface.js";

describe("what keeps a network interface in a VPC", () => {
  const told = (one: NetworkInterface): string | undefined =>
    interfaceLeft({ NetworkInterfaceId: "eni-1", ...one }, "eu-west-1")?.what;

  it("is told as itself", () => {
    assert.equal(told({ Description: "ELB app/web/1f" }), "elbv2 load-balancer web");
    assert.equal(told({ Description: "ELB a1b2" }), "elb load-balancer a1b2");
    assert.equal(
      told({ Description: "Network Interface for Transit Gateway Attachment tgw-attach-0a1" }),
      "ec2 transit-gateway-attachment tgw-attach-0a1",
    );
    assert.equal(told({ Attachment: { InstanceId: "i-1" } }), "ec2 instance i-1");
    assert.equal(told({ Description: "Amazon EKS ed8k-dev" }), "ec2 network-interface eni-1 (Amazon EKS ed8k-dev)");
    assert.equal(told({}), "ec2 network-interface eni-1");
  });

  it("is not told twice", () => {
    for (const type of ["nat_gateway", "vpc_endpoint"]) {
      assert.equal(told({ InterfaceType: type as NonNullable<NetworkInterface["InterfaceType"]> }), undefined);
    }
  });
});
