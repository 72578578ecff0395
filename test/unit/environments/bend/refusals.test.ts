import assert from "node:assert/strict";
import { bent, facts, faultsOf } from "../fixtures.js";

const FILE = "services/bos/templates/all.yaml";
const pod = (spec: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n${spec.replace(/^/gm, "  ")}\n`;
const container = (fields: string): string => pod(`containers:\n  - name: web\n    image: nginx:1\n    ${fields}`);
const resource = (apiVersion: string, kind: string): string =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: x\n`;
const metadata = (fields: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n  ${fields}\n`;
const binding = (ref: string, subject: string): string =>
  `${resource("rbac.authorization.k8s.io/v1", "RoleBinding")}roleRef: ${ref}\nsubjects:\n  - ${subject}\n`;

/** What is refused, and where: each told in one sentence that ends with the rule's name. */
const REFUSED: readonly [what: string, text: string, fault: string][] = [
  [
    "objects of the whole cluster",
    resource("rbac.authorization.k8s.io/v1", "ClusterRole"),
    ':2: ClusterRole "x" belongs to the whole cluster; a chart may hold only objects of its namespace [scope]',
  ],
  [
    "custom resources",
    resource("example.com/v1", "Widget"),
    ':2: example.com/v1 Widget "x" is no kind that an environment may hold [scope]',
  ],
  [
    "API versions that are gone",
    resource("policy/v1beta1", "PodDisruptionBudget"),
    ':1: policy/v1beta1 PodDisruptionBudget "x" is no kind that an environment may hold [scope]',
  ],
  [
    "daemons of nodes",
    resource("apps/v1", "DaemonSet"),
    ':2: DaemonSet "x" runs on every node of the cluster, for all environments to pay [scope]',
  ],
  ["quotas", resource("v1", "ResourceQuota"), ':2: ResourceQuota "x" is set by the environment\'s size [scope]'],
  ["limits", resource("v1", "LimitRange"), ':2: LimitRange "x" is set by the environment\'s size [scope]'],
  [
    "another namespace",
    metadata("namespace: bob"),
    ':5: ConfigMap "x" is in the namespace "bob"; allowed is only the environment\'s own, "alice" [namespace]',
  ],
  [
    "labels of another environment",
    metadata("labels: { ed8k.dev/env: bob }"),
    ':5: ConfigMap "x" sets ed8k.dev/env to "bob"; only ED8K sets what begins with ed8k.dev/ [labels]',
  ],
  [
    "annotations of ours",
    metadata("annotations: { ed8k.dev/summary: '{}' }"),
    ':5: ConfigMap "x" sets ed8k.dev/summary to "{}"; only ED8K sets what begins with ed8k.dev/ [labels]',
  ],
  [
    "rights of a ClusterRole",
    binding("{ kind: ClusterRole, name: admin }", "{ kind: ServiceAccount, name: x }"),
    ':5: RoleBinding "x" refers to ClusterRole "admin"; allowed is a Role of the environment\'s namespace [access]',
  ],
  [
    "rights for people",
    binding("{ kind: Role, name: x }", "{ kind: User, name: eve }"),
    ':7: RoleBinding "x" gives rights to User "eve"; allowed are service accounts of the environment\'s namespace [access]',
  ],
  [
    "rights for others' service accounts",
    binding("{ kind: Role, name: x }", "{ kind: ServiceAccount, name: z, namespace: bob }"),
    ':7: RoleBinding "x" gives rights to ServiceAccount "z"; allowed are service accounts of the environment\'s namespace [access]',
  ],
  [
    "amounts that are none",
    container("resources: { limits: { memory: 1GB } }"),
    ':8: Pod "web": limits.memory "1GB" is no quantity; write such as 250m, 512Mi, 10Gi [quantities]',
  ],
  [
    "amounts of a whole pod that are none",
    pod("resources: { requests: { cpu: much } }"),
    ':5: Pod "web": requests.cpu "much" is no quantity; write such as 250m, 512Mi, 10Gi [quantities]',
  ],
  [
    "amounts of volumes of pods that are none",
    pod(
      "volumes:\n  - name: a\n    ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage: 1GB } } } } }",
    ),
    ':7: Pod "web": requests.storage "1GB" is no quantity; write such as 250m, 512Mi, 10Gi [quantities]',
  ],
  [
    "labels of another environment on Jobs of CronJobs",
    `${resource("batch/v1", "CronJob")}spec: { jobTemplate: { metadata: { labels: { ed8k.dev/env: bob } } } }\n`,
    ':5: CronJob "x" sets ed8k.dev/env to "bob"; only ED8K sets what begins with ed8k.dev/ [labels]',
  ],
  [
    "names for Services of others",
    `${resource("v1", "Service")}spec:\n  type: ExternalName\n  externalName: db.bob.svc.cluster.local\n`,
    ':7: Service "x" stands for db.bob.svc.cluster.local, a name of the cluster in the namespace "bob"; allowed is "alice" [external-names]',
  ],
  ...[
    ["db.bob.svc", 'the namespace "bob"'],
    ["DB.bob.svc.corp.example.", 'the namespace "bob"'],
    ["10-0-0-7.bob.pod.cluster.local", 'the namespace "bob"'],
    ["db.alice.svc.bob.svc", 'the namespace "bob"'],
    ["kube.cluster.local", "no namespace"],
  ].map(([name = "", place = ""]): [string, string, string] => [
    `the name ${name}`,
    `${resource("v1", "Service")}spec:\n  type: ExternalName\n  externalName: ${name}\n`,
    `:7: Service "x" stands for ${name}, a name of the cluster in ${place}; allowed is "alice" [external-names]`,
  ]),
  ...(
    [
      ["networking.k8s.io", "networkpolicies", "create, patch", "networkpolicies", "networkpolicies"],
      ['""', "'*'", "'*'", "*", "resourcequotas, limitranges, endpoints"],
      ["rbac.authorization.k8s.io", "roles, rolebindings", "get, bind", "roles, rolebindings", "roles, rolebindings"],
      [
        '"", discovery.k8s.io',
        "pods, endpointslices",
        "update",
        "endpointslices",
        "resourcequotas, limitranges, endpoints, endpointslices",
      ],
      ['""', "resourcequotas/status", "update", "resourcequotas/status", "resourcequotas, limitranges, endpoints"],
    ] as const
  ).map(([groups, resources, verbs, found, walls]): [string, string, string] => [
    `roles that may ${verbs} ${resources}`,
    `${resource("rbac.authorization.k8s.io/v1", "Role")}rules:\n  - { apiGroups: [${groups}], resources: [${resources}], verbs: [${verbs}] }\n`,
    `:6: Role "x" may ${verbs.replace("get, ", "").replaceAll("'", "")} ${found}; of the environment's walls (${walls}) a chart may only get, list, watch [access]`,
  ]),
  [
    "folders of nodes",
    pod("volumes:\n  - name: all\n    hostPath: { path: / }"),
    ':7: Pod "web": the volume "all" is the folder / of the node (hostPath); allowed are emptyDir, configMap, secret, persistentVolumeClaim, projected [pod-security]',
  ],
];
/** Pod Security `baseline`: the field, as the message calls it, and its value. */
const UNSAFE: readonly [text: string, told: string][] = [
  [pod("hostNetwork: true"), "spec.hostNetwork true"],
  [pod("hostPID: true"), "spec.hostPID true"],
  [pod("hostIPC: yes"), "spec.hostIPC true"],
  [pod("securityContext: { sysctls: [{ name: kernel.msgmax, value: '1' }] }"), 'sysctls.name "kernel.msgmax"'],
  [pod("securityContext: { windowsOptions: { hostProcess: true } }"), "windowsOptions.hostProcess true"],
  [pod("securityContext: { seLinuxOptions: { type: spc_t } }"), 'seLinuxOptions.type "spc_t"'],
  [pod("securityContext: { seccompProfile: { type: Unconfined } }"), 'seccompProfile.type "Unconfined"'],
  [container("securityContext: { privileged: true }"), "securityContext.privileged true"],
  [container("securityContext: { procMount: Unmasked }"), 'securityContext.procMount "Unmasked"'],
  [container("securityContext: { appArmorProfile: { type: Unconfined } }"), 'appArmorProfile.type "Unconfined"'],
  [container("securityContext: { capabilities: { add: [NET_ADMIN] } }"), 'capabilities.add "NET_ADMIN"'],
  [container("ports: [{ containerPort: 80, hostPort: 80 }]"), "ports.hostPort 80"],
  [container("livenessProbe: { httpGet: { host: 10.0.0.1, port: 80 } }"), 'httpGet.host "10.0.0.1"'],
  [container("lifecycle: { preStop: { httpGet: { host: 10.0.0.1, port: 80 } } }"), 'httpGet.host "10.0.0.1"'],
];

describe("what charts may not hold", () => {
  for (const [what, text, fault] of REFUSED) {
    it(what, () => assert.deepEqual(faultsOf(text), [FILE + fault]));
  }

  for (const [text, told] of UNSAFE) {
    it(told, () => {
      const [fault, ...others] = faultsOf(text);
      assert.deepEqual(others, []);
      assert(fault !== undefined);
      assert(fault.includes(`: Pod "web": ${told} is not allowed; allowed: `), fault);
      assert(fault.endsWith(" [pod-security]"));
    });
  }

  it("in init containers, and in the pods of every kind of workload", () => {
    const template = "template: { spec: { initContainers: [{ name: a, securityContext: { privileged: true } }] } }";
    const cases = {
      Deployment: `apps/v1 ${template}`,
      StatefulSet: `apps/v1 ${template}`,
      ReplicaSet: `apps/v1 ${template}`,
      ReplicationController: `v1 ${template}`,
      Job: `batch/v1 ${template}`,
      CronJob: `batch/v1 jobTemplate: { spec: { ${template} } }`,
    };
    for (const [kind, text] of Object.entries(cases)) {
      const [version = "", ...spec] = text.split(" ");
      const told = faultsOf(`${resource(version, kind)}spec: { ${spec.join(" ")} }\n`);
      assert.equal(told.length, 1, kind);
    }
  });

  it("images from elsewhere, whatever short form they have", () => {
    const options = { facts: { ...facts, allowedRegistries: ["docker.io/library/", "ghcr.io/acme"] } };
    const image = (name: string): string => pod(`containers:\n  - { name: web, image: "${name}" }`);
    for (const allowed of ["nginx", "nginx:1", "library/nginx", "docker.io/nginx@sha256:00", "ghcr.io/acme/bos:1"]) {
      assert.deepEqual(faultsOf(image(allowed), options), [], allowed);
    }
    const refused = {
      "bitnami/redis": "docker.io/bitnami/redis",
      "ghcr.io/acme-evil/bos": "ghcr.io/acme-evil/bos",
      "localhost/bos": "localhost/bos",
      "registry:5000/bos": "registry:5000/bos",
    };
    for (const [short, full] of Object.entries(refused)) {
      assert.deepEqual(faultsOf(image(short), options), [
        `${FILE}:6: Pod "web" runs the image "${full}"; allowed are images from docker.io/library/, ghcr.io/acme [images]`,
      ]);
    }
  });
});

describe("what charts may hold", () => {
  const allowed: readonly [string, string][] = [
    [
      "names for hosts elsewhere",
      `${resource("v1", "Service")}spec: { type: ExternalName, externalName: db.example.com }\n`,
    ],
    [
      "names for their own Services",
      `${resource("v1", "Service")}spec: { type: ExternalName, externalName: db.alice.svc }\n`,
    ],
    [
      "roles that read, and that write what is no wall",
      `${resource("rbac.authorization.k8s.io/v1", "Role")}rules:\n` +
        "  - { apiGroups: ['*'], resources: ['*'], verbs: [get, list, watch] }\n" +
        "  - { apiGroups: ['', apps], resources: [configmaps, pods], verbs: ['*'] }\n" +
        "  - { apiGroups: [apps], resources: ['*'], verbs: ['*'] }\n",
    ],
    ...[
      container("ports: [{ containerPort: 80, hostPort: null }]"),
      container("livenessProbe: { httpGet: { host: null, port: 80 } }"),
      container("securityContext: null"),
      container("resources: { limits: { memory: null } }"),
      pod("securityContext: null\nvolumes: [{ name: a, emptyDir: {}, hostPath: null }]"),
    ].map((text): [string, string] => [`nothing: ${text.split("\n").slice(4).join(" ").trim()}`, text]),
    ["their own namespace", metadata("namespace: alice")],
    ["the right labels of ours", metadata("labels: { ed8k.dev/env: alice, ed8k.dev/service: bos }")],
    ["rights of a Role", binding("{ kind: Role, name: x }", "{ kind: ServiceAccount, name: x, namespace: alice }")],
    ["capabilities of the baseline", container("securityContext: { capabilities: { add: [CHOWN], drop: [ALL] } }")],
    [
      "pods that say how safe they are",
      pod("hostNetwork: false\nsecurityContext: { seccompProfile: { type: RuntimeDefault } }"),
    ],
    ["hooks of tests, whatever they do", `${metadata("namespace: bob")}  annotations: { helm.sh/hook: test }\n`],
  ];
  for (const [what, text] of allowed) {
    it(what, () => assert.deepEqual(bent(text).faults, []));
  }
});
