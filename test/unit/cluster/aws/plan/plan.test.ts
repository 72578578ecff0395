import assert from "node:assert/strict";
import fc from "fast-check";
import {
  capacityFaults,
  GOALS,
  partitionBudget,
  prefixesNeeded,
  prefixesReserved,
} from "../../../../../cluster/aws/plan/capacity.js";
import { planAws } from "../../../../../cluster/aws/plan/plan.js";
import { planSubnets } from "../../../../../cluster/aws/plan/subnets.js";
import { UserError } from "../../../../../errors.js";
import { type Changes, settingsWith } from "../settings.js";

/** Every fault that a plan with these changes tells, as `where: problem (hint)`. */
function faultsOf(changes: Changes): readonly string[] {
  try {
    planAws(settingsWith(changes));
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.faults.map(({ where, problem, hint = "" }) => `${where}: ${problem} (${hint})`);
  }
}

const PRIVATE = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16";
const ROLE = "arn:aws:iam::111122223333:role/ed8k-developer";

describe("the plan of a cluster on AWS", () => {
  it("of default settings has room for 100 nodes and 2,000 pods, and a budget of partitions [row 5]", () => {
    const settings = settingsWith();
    const plan = planAws(settings);
    assert.equal(settings.eks.maxNodes, 100);
    assert.deepEqual([prefixesNeeded(100, GOALS), prefixesReserved(plan.subnets)], [300, 768]);
    assert.equal(plan.partitionBudget, 2400);
    assert.deepEqual(plan.tags, { "ed8k:cluster": "dev", "ed8k:stack": "ed8k/dev", "ed8k:kind": "cluster" });
  });

  it("has room for every allowed number of nodes, or is refused with a number that fits [row 5]", () => {
    const size = fc.record({
      cidr: fc.constantFrom("10.64.0.0/16", "10.64.0.0/17", "10.64.64.0/18"),
      zones: fc.constantFrom(["a", "b"], ["a", "b", "c"], ["a", "b", "c", "d"]),
    });
    fc.assert(
      fc.property(size, fc.integer({ min: 3, max: 450 }), (aws, maxNodes) => {
        const msk = { brokers: aws.zones.length === 2 ? 2 : 3 };
        const subnets = planSubnets(settingsWith({ aws }).aws);
        const fits = (nodes: number): boolean => prefixesNeeded(nodes, GOALS) <= prefixesReserved(subnets);
        const faults = faultsOf({ aws, eks: { maxNodes, developers: [ROLE] }, msk });
        assert.equal(faults.length, fits(maxNodes) ? 0 : 1);
        if (faults[0] === undefined) return;
        const fitting = Number(/at most (\d+) nodes fit/.exec(faults[0])?.[1]);
        assert.deepEqual(faultsOf({ aws, eks: { maxNodes: fitting, developers: [ROLE] }, msk }), []);
      }),
    );
  });

  const cases: readonly (readonly [what: string, changes: Changes, faults: readonly string[]])[] = [
    [
      "a VPC whose block begins elsewhere",
      { aws: { cidr: "10.64.1.0/16" } },
      [
        'ed8k:aws.cidr: "10.64.1.0/16" does not begin with the first address of its block, which is 10.64.0.0/16 (choose another, such as 10.64.0.0/16)',
      ],
    ],
    [
      "numbers that are none",
      { aws: { cidr: "10.264.0.0/16" } },
      ['ed8k:aws.cidr: "10.264.0.0/16" is no CIDR block such as 10.64.0.0/16 (choose another, such as 10.64.0.0/16)'],
    ],
    [
      "a VPC that is larger than AWS allows",
      { aws: { cidr: "10.64.0.0/14" } },
      [
        `ed8k:aws.cidr: "10.64.0.0/14" is no size for the VPC: allowed are /16 (AWS' limit) to /18 (less has no room for the subnets) (choose another, such as 10.64.0.0/16)`,
      ],
    ],
    [
      "a VPC of public addresses",
      { aws: { cidr: "8.8.0.0/16" } },
      [
        `ed8k:aws.cidr: "8.8.0.0/16" is not private: it must be within ${PRIVATE} (choose another, such as 10.64.0.0/16)`,
      ],
    ],
    [
      "a VPC where Kubernetes' Services are",
      { aws: { cidr: "172.20.0.0/17" } },
      [
        `ed8k:aws.cidr: "172.20.0.0/17" overlaps 172.20.0.0/16, the addresses of Kubernetes' Services (choose another, such as 10.64.0.0/16)`,
      ],
    ],
    [
      "a VPN within the VPC",
      { aws: { access: { cidrs: ["10.64.128.0/20"] } } },
      [
        'ed8k:aws.access.cidrs[0]: "10.64.128.0/20" overlaps the VPC, 10.64.0.0/16: answers would not find back to the VPN (name the VPN\'s clients more exactly, or give the VPC another block by ed8k:aws.cidr)',
      ],
    ],
    [
      "the whole internet as VPN [row 99]",
      { aws: { access: { cidrs: ["0.0.0.0/0"] } } },
      [
        `ed8k:aws.access.cidrs[0]: "0.0.0.0/0" is not private: nobody is let in from the internet; it must be within ${PRIVATE}, 100.64.0.0/10 (name the block from which the VPN's clients come)`,
      ],
    ],
    [
      "the same block twice",
      { aws: { access: { cidrs: ["10.8.0.0/16", "100.64.0.0/10", "10.8.0.0/16"] } } },
      [
        "ed8k:aws.access.cidrs[2]: \"10.8.0.0/16\" is the same as ed8k:aws.access.cidrs[0] (pulumi config rm --path 'ed8k:aws.access.cidrs[2]')",
      ],
    ],
    [
      "tags that are ED8K's own",
      { aws: { tags: { "ed8k:env": "x" } } },
      ['ed8k:aws.tags: "ed8k:env" begins with ed8k:, which is reserved (give the tag another name)'],
    ],
    [
      "a version that EKS does not have",
      { eks: { version: 1.3, developers: [ROLE] } },
      [
        `ed8k:eks.version: "1.3" is no version of Kubernetes that ED8K knows on EKS; there are 1.36, 1.35, 1.34 (pulumi config set --path 'ed8k:eks.version' 1.36)`,
      ],
    ],
    [
      "more nodes than the network has room for",
      { aws: { cidr: "10.64.0.0/18" } },
      [
        "ed8k:eks.maxNodes: 100 nodes with 2000 pods need 300 prefixes of 16 addresses, the private subnets of 10.64.0.0/18 in 3 zones keep 192 (at most 48 nodes fit; for more, give the VPC a larger block (ed8k:aws.cidr, up to /16) or add a zone (ed8k:aws.zones))",
      ],
    ],
    [
      "office hours that end before they begin",
      { eks: { officeHours: { from: 18, to: 7 }, developers: [ROLE] } },
      [
        "ed8k:eks.officeHours: they end at 7, which is not after their begin at 18 (hours in UTC) (choose from: 7 and to: 18, for example)",
      ],
    ],
    [
      "system nodes that leave no others",
      { eks: { maxNodes: 3, system: { nodes: 3 }, developers: [ROLE] } },
      ["ed8k:eks.maxNodes: 3 nodes leave none for environments: 3 of them are the system's (choose more than 3)"],
    ],
    [
      "a role in two lists",
      { eks: { admins: [ROLE], developers: [ROLE] } },
      [`ed8k:eks.developers[0]: "${ROLE}" is ed8k:eks.admins[0] as well (a role is in one of the lists, once)`],
    ],
    [
      "brokers that cannot be spread over the zones",
      { msk: { brokers: 4 } },
      [
        "ed8k:msk.brokers: 4 brokers cannot be spread evenly over 3 zones, as MSK wants them (choose 3 or 6; a Kafka that was made in 2 zones stays in them: for it choose 6)",
      ],
    ],
    [
      "brokers that could be spread over no zones",
      { msk: { brokers: 5 } },
      ["ed8k:msk.brokers: 5 brokers cannot be spread evenly over 3 zones, as MSK wants them (choose 3 or 6)"],
    ],
  ];
  for (const [what, changes, expected] of cases) {
    it(`refuses ${what}, with the fix`, () => {
      assert.deepEqual(faultsOf(changes), expected);
    });
  }

  it("tells the faults of all parts at once", () => {
    const faults = faultsOf({
      aws: { cidr: "8.8.0.0/16", access: { cidrs: ["1.2.3.4/32"] } },
      eks: { version: "1.20", officeHours: { from: 9, to: 9 }, developers: [ROLE] },
    });
    assert.deepEqual(
      faults.map((fault) => fault.split(": ")[0]),
      ["ed8k:aws.cidr", "ed8k:aws.access.cidrs[0]", "ed8k:eks.version", "ed8k:eks.officeHours"],
    );
  });

  it("counts Pod Identity associations against EKS' quota", () => {
    const settings = settingsWith();
    const subnets = planSubnets(settings.aws);
    assert.deepEqual(capacityFaults(settings, subnets), []);
    assert.deepEqual(capacityFaults(settings, subnets, { ...GOALS, environments: 167 }), [
      {
        where: "Pod Identity",
        problem:
          "167 environments of 30 service accounts and the platform need 5013 associations, EKS allows 5000 per cluster",
        hint: "spread the environments over two clusters",
      },
    ]);
  });

  it("budgets four fifths of the replicas that the brokers carry", () => {
    const { msk } = settingsWith();
    assert.equal(partitionBudget({ ...msk, brokers: 6 }), 4800);
    assert.equal(partitionBudget({ ...msk, instanceType: "kafka.t3.small" }), 720);
    assert.equal(partitionBudget({ ...msk, instanceType: "kafka.m7g.2xlarge" }), 4800);
  });
});
