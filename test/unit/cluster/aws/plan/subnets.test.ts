import assert from "node:assert/strict";
import fc from "fast-check";
import { addressesIn, type Block, contains, overlap, parseCidr } from "../../../../../cluster/aws/plan/cidr.js";
import { planSubnets, type SubnetPlan } from "../../../../../cluster/aws/plan/subnets.js";
import { NAT_MODES } from "../../../../../cluster/aws/settings.js";
import { settingsWith } from "../settings.js";

function parsed(text: string): Block {
  const block = parseCidr(text);
  assert.ok(block !== undefined, text);
  return block;
}

function allOf(plan: SubnetPlan): readonly Block[] {
  return [...plan.private, ...plan.public, ...plan.data, ...plan.control].map(({ cidr }) => parsed(cidr));
}

/** Private blocks of every size that is allowed, and every choice of zones. */
const network = fc
  .record({
    cidr: fc
      .tuple(fc.integer({ min: 16, max: 18 }), fc.constantFrom("10.64", "10.0", "192.168", "172.16"), fc.nat(3))
      .map(([prefix, begin, part]) => `${begin}.${(part % 2 ** (prefix - 16)) * 2 ** (24 - prefix)}.0/${prefix}`),
    zones: fc.shuffledSubarray(["a", "b", "c", "d", "e", "f"], { minLength: 2, maxLength: 4 }),
    nat: fc.constantFrom(...NAT_MODES),
  })
  .map((changes) => settingsWith({ aws: changes }).aws);

describe("the subnets of a cluster", () => {
  it("are these for the default settings", () => {
    const [a, b, c] = ["eu-west-1a", "eu-west-1b", "eu-west-1c"];
    assert.deepEqual(planSubnets(settingsWith().aws), {
      private: [
        { zone: a, cidr: "10.64.0.0/19", reservation: "10.64.16.0/20" },
        { zone: b, cidr: "10.64.32.0/19", reservation: "10.64.48.0/20" },
        { zone: c, cidr: "10.64.64.0/19", reservation: "10.64.80.0/20" },
      ],
      data: [
        { zone: a, cidr: "10.64.192.0/24" },
        { zone: b, cidr: "10.64.193.0/24" },
        { zone: c, cidr: "10.64.194.0/24" },
      ],
      public: [
        { zone: a, cidr: "10.64.196.0/24" },
        { zone: b, cidr: "10.64.197.0/24" },
        { zone: c, cidr: "10.64.198.0/24" },
      ],
      control: [
        { zone: a, cidr: "10.64.200.0/28" },
        { zone: b, cidr: "10.64.200.16/28" },
      ],
    });
  });

  it("never overlap and lie in the VPC, of which a quarter stays free [row 5]", () => {
    fc.assert(
      fc.property(network, (aws) => {
        const [vpc, blocks] = [parsed(aws.cidr), allOf(planSubnets(aws))];
        const free = { first: vpc.first + addressesIn(vpc) / 2, prefix: vpc.prefix + 2 };
        for (const [index, block] of blocks.entries()) {
          assert.ok(contains(vpc, block));
          assert.ok(!overlap(block, free));
          assert.ok(blocks.slice(index + 1).every((other) => !overlap(block, other)));
        }
      }),
    );
  });

  it("stay where they are when a zone is added at the end", () => {
    fc.assert(
      fc.property(network, (aws) => {
        fc.pre(aws.zones.length > 2);
        const [before, after] = [planSubnets({ ...aws, zones: aws.zones.slice(0, -1) }), planSubnets(aws)];
        for (const kind of ["private", "public", "data", "control"] as const) {
          assert.deepEqual(after[kind].slice(0, before[kind].length), before[kind]);
        }
      }),
    );
  });

  it("keep the upper half of each private one for pods, and give EKS the sixteen addresses that it advises", () => {
    fc.assert(
      fc.property(network, (aws) => {
        const plan = planSubnets(aws);
        for (const { cidr, reservation } of plan.private) {
          const [subnet, reserved] = [parsed(cidr), parsed(reservation)];
          assert.equal(addressesIn(reserved) * 2, addressesIn(subnet));
          assert.equal(reserved.first, subnet.first + addressesIn(reserved));
        }
        assert.deepEqual(
          plan.control.map(({ cidr }) => addressesIn(parsed(cidr))),
          [16, 16],
        );
      }),
    );
  });

  it("are public only where a NAT gateway needs them, for brokers in at most three zones, for EKS in two", () => {
    const zones = ["a", "b", "c", "d"];
    const counts = NAT_MODES.map((nat) => {
      const plan = planSubnets(settingsWith({ aws: { nat, zones } }).aws);
      return [nat, plan.public.length, plan.data.length, plan.control.length];
    });
    assert.deepEqual(counts, [
      ["single", 4, 3, 2],
      ["perZone", 4, 3, 2],
      ["regional", 0, 3, 2],
    ]);
  });

  it("are not made from a block that cannot be divided so", () => {
    const { aws } = settingsWith({ aws: { cidr: "10.64.0.0/20" } });
    assert.throws(() => planSubnets(aws), {
      name: "UserError",
      message: /^the cluster's network: ed8k:aws\.cidr: "10\.64\.0\.0\/20" is no size for the VPC: allowed are \/16/,
    });
  });
});
