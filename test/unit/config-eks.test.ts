import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { planAws } from "../../cluster/aws/plan/plan.js";
import { type EksClusterConfig, parseConfig } from "../../config.js";
import { UserError } from "../../errors.js";
import { checkoutRoot } from "../../sandbox/paths.js";

const DEVELOPER = "arn:aws:iam::111122223333:role/ed8k-developer";
const AWS = { accounts: ["111122223333"], access: { cidrs: ["10.8.0.0/16"] } };
const EKS = { developers: [DEVELOPER] };

/** A config as the engine hands it on: text, and JSON for objects. */
function parsed(keys: Readonly<Record<string, string | object>>, stack = "dev"): EksClusterConfig {
  const all = { kind: "cluster", provider: "eks", aws: AWS, eks: EKS, ...keys };
  const raw = Object.entries(all).map(([key, value]) => [
    `ed8k:${key}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const config = parseConfig(stack, Object.fromEntries(raw) as Record<string, string>);
  assert.ok(config.kind === "cluster" && config.provider === "eks");
  return config;
}

/** Every fault that is told of these keys, as `where: problem (hint)`. */
function faultsOf(keys: Readonly<Record<string, string | object>>): readonly string[] {
  try {
    parsed(keys);
    return [];
  } catch (error) {
    assert.ok(error instanceof UserError, String(error));
    return error.faults.map(({ where, problem, hint = "" }) => `${where}: ${problem} (${hint})`);
  }
}

describe("the config of a cluster that its stack makes on AWS", () => {
  it("needs accounts, developers and who may reach it; everything else has defaults", () => {
    assert.deepEqual(parsed({}), {
      kind: "cluster",
      name: "dev",
      provider: "eks",
      context: "ed8k-dev",
      domain: "ed8k.localhost",
      ingressClass: "ed8k",
      allowedRegistries: [],
      environmentsPerOwner: 5,
      images: [],
      ingressPort: 80,
      secretsProvider: "passphrase",
      platform: true,
      addOns: {},
      monitoring: "none",
      settings: {
        name: "dev",
        aws: {
          accounts: ["111122223333"],
          region: "eu-west-1",
          zones: ["a", "b", "c"],
          cidr: "10.64.0.0/16",
          nat: "single",
          flowLogs: false,
          access: { mode: "vpn", cidrs: ["10.8.0.0/16"] },
          tags: {},
        },
        eks: {
          version: "1.36",
          admins: [],
          developers: [DEVELOPER],
          ci: [],
          system: { instanceType: "m6a.large", nodes: 2 },
          pools: {
            workloads: { capacity: ["spot", "on-demand"] },
            data: { capacity: ["on-demand"] },
            builds: { capacity: ["spot"] },
          },
          maxNodes: 100,
          officeHours: { from: 7, to: 18 },
        },
        msk: { brokers: 3, instanceType: "kafka.m7g.large", storageGib: 100, version: "4.1.x.kraft" },
        budget: { monthlyUsd: 10_000, emails: [] },
        storage: { repositories: [] },
      },
    });
    assert.deepEqual(faultsOf({ aws: {}, eks: {} }), [
      "ed8k:aws.accounts: is missing (pulumi config set --path 'ed8k:aws.accounts[0]' …)",
      "ed8k:aws.access.cidrs: is missing (pulumi config set --path 'ed8k:aws.access.cidrs[0]' …)",
      "ed8k:eks.developers: is missing (pulumi config set --path 'ed8k:eks.developers[0]' …)",
    ]);
  });

  it("takes numbers and truths as text or as such, and numbers where YAML made them from text", () => {
    const config = parsed({
      platform: "false",
      addOns: { telepresence: "false", karpenter: true },
      aws: { ...AWS, accounts: [111_122_223_333], flowLogs: "true" },
      eks: { ...EKS, version: 1.36, system: { nodes: "3" }, maxNodes: 60 },
    });
    const { aws, eks } = config.settings;
    assert.deepEqual([config.platform, config.addOns], [false, { telepresence: false, karpenter: true }]);
    assert.deepEqual([aws.accounts, aws.flowLogs], [["111122223333"], true]);
    assert.deepEqual([eks.version, eks.system.nodes, eks.maxNodes], ["1.36", 3, 60]);
  });

  it("takes the keys of other clusters, its context among them, and capacity by the pool [row 93]", () => {
    const keys = {
      context: "mine",
      domain: "dev.example.com",
      monitoring: "kube-prometheus-stack",
      secretsProvider: "awskms:///alias/ed8k-state?region=eu-west-1",
      eks: { ...EKS, pools: { workloads: { capacity: ["on-demand"] } } },
    };
    const config = parsed(keys);
    assert.deepEqual(
      [config.context, config.domain, config.monitoring, config.secretsProvider],
      [keys.context, keys.domain, keys.monitoring, keys.secretsProvider],
    );
    assert.deepEqual(config.settings.eks.pools.workloads.capacity, ["on-demand"]);
  });

  const cases: readonly (readonly [
    what: string,
    keys: Readonly<Record<string, string | object>>,
    ...faults: string[],
  ])[] = [
    [
      "a zone that is none, with its place in the list",
      { aws: { ...AWS, zones: ["a", "B"] } },
      'ed8k:aws.zones[1]: "B" is no zone: one letter ()',
    ],
    ["a zone twice", { aws: { ...AWS, zones: ["a", "a"] } }, 'ed8k:aws.zones: ["a","a"] names a zone twice ()'],
    [
      "a key that there is not, with what was meant",
      { aws: { ...AWS, zone: ["a"] } },
      "ed8k:aws.zone: is no key of ed8k:aws; there are accounts, region, zones, cidr, nat, flowLogs, access, tags (did you mean ed8k:aws.zones?)",
    ],
    [
      "a key that is like no other",
      { eks: { ...EKS, system: { spot: true } } },
      "ed8k:eks.system.spot: is no key of ed8k:eks.system; there are instanceType, nodes (pulumi config rm --path 'ed8k:eks.system.spot')",
    ],
    [
      "an account of eleven digits",
      { aws: { ...AWS, accounts: [11_122_223_333] } },
      "ed8k:aws.accounts[0]: 11122223333 is no AWS account: twelve digits, in quotes ()",
    ],
    [
      "a number that is out of bounds",
      { eks: { ...EKS, system: { nodes: 1 } } },
      "ed8k:eks.system.nodes: 1 is not allowed; it is a whole number from 2 to 10 ()",
    ],
    [
      "a kind of capacity that there is not",
      { eks: { ...EKS, pools: { data: { capacity: ["spit"] } } } },
      'ed8k:eks.pools.data.capacity[0]: "spit" is not allowed; it is one of spot, on-demand ()',
    ],
    [
      "a way in that is not built",
      { aws: { ...AWS, access: { mode: "public", cidrs: ["10.8.0.0/16"] } } },
      'ed8k:aws.access.mode: "public" is not allowed; it is one of vpn ()',
    ],
    [
      "a broker that there is not",
      { msk: { instanceType: "kafka.m9.large" } },
      'ed8k:msk.instanceType: "kafka.m9.large" is not allowed; it is one of kafka.t3.small, kafka.m5.large, kafka.m5.xlarge, kafka.m5.2xlarge, kafka.m5.4xlarge, kafka.m7g.large, kafka.m7g.xlarge, kafka.m7g.2xlarge, kafka.m7g.4xlarge ()',
    ],
    [
      "Kafka with ZooKeeper",
      { msk: { version: "3.6.0" } },
      'ed8k:msk.version: "3.6.0" is no version such as 4.1.x.kraft ()',
    ],
    [
      "the repository of builds, and one repository twice",
      { storage: { repositories: ["cache", "bos", "bos"] } },
      'ed8k:storage.repositories[0]: "cache" is the repository that ED8K makes for builds by itself; name yours otherwise ()',
      'ed8k:storage.repositories[2]: "bos" is the same as ed8k:storage.repositories[1]; leave one of them out ()',
    ],
    ["a truth that is none", { platform: "no" }, 'ed8k:platform: "no" is not allowed; it must be true or false ()'],
    [
      "an unknown keeper of secrets",
      { secretsProvider: "vault" },
      'ed8k:secretsProvider: "vault" is no secrets provider: passphrase, or awskms://<key or alias>?region=<region> ()',
    ],
  ];
  for (const [what, keys, ...faults] of cases) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(faultsOf(keys), faults);
    });
  }

  it("is asked for when its keys are given without the provider", () => {
    assert.throws(() => parsed({ provider: "existing", context: "x", eks: "" }), {
      message: /^config of dev: ed8k:aws: is no key of the config; there are provider, context, /,
      hint: "it belongs to a cluster that its stack makes: pulumi config set ed8k:provider eks",
      exit: "usage",
    });
  });

  it("refuses a stack whose name AWS has no room for", () => {
    assert.throws(() => parsed({}, "a-rather-long-cluster"), {
      message: /^"a-rather-long-cluster" is no name for a cluster stack: it has 21 characters, at most 20 are allowed$/,
      exit: "usage",
    });
  });

  it("that comes with the project can be applied, in the development account and for the VPN alone [row 100]", () => {
    const { config } = parse(readFileSync(join(checkoutRoot(), "Pulumi.dev.yaml"), "utf8")) as {
      config: Record<string, string | object>;
    };
    const keys = Object.entries(config).map(([key, value]) => [key.replace("ed8k:", ""), value]);
    const { settings, domain, platform } = parsed(Object.fromEntries(keys) as Record<string, string | object>);
    assert.deepEqual(planAws(settings).settings, settings);
    assert.deepEqual([domain, platform], ["dev.example.com", true]);
    assert.deepEqual(settings.aws.accounts, ["111122223333"]);
    assert.deepEqual(settings.aws.access, { mode: "vpn", cidrs: ["10.8.0.0/16"] });
  });
});
