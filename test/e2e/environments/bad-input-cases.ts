import type { Refusal } from "./refused.js";

/** A command that is refused. */
export interface Case extends Refusal {
  readonly title: string;
  readonly words: readonly string[];
}

const LONG = "a".repeat(64);

export const NAMES: readonly Case[] = [
  ["..", /"\.\." is no name .* allowed are lower-case letters, digits and single dashes/],
  ["default", /"default" is no name .* reserved, as are default, dev/],
  ["kube-system", /"kube-system" is no name .* names that begin with kube- or ed8k-/],
  [LONG, /it has 64 characters, at most 20 are allowed/],
  ["Alice", /"Alice" is no name .* lower-case letters/],
  ["a--b", /"a--b" is no name .* single dashes/],
  ["", /"" is no name .* beginning with a letter/],
  ["--help", /"--help" is no name .* beginning with a letter/],
].map(([name, pattern]) => ({
  title: `create "${String(name)}"`,
  words: ["create", "--", String(name)],
  exit: "usage",
  says: [pattern as RegExp],
}));

export const OPTIONS: readonly Case[] = [
  { title: "no name", words: ["create"], exit: "usage", says: [/missing required argument "name"/] },
  {
    title: "an unknown option",
    words: ["create", "x", "--profle", "full"],
    exit: "usage",
    says: [/unknown option "--profle"/, /did you mean --profile\?/],
  },
  {
    title: "an unknown verb",
    words: ["creat", "x"],
    exit: "usage",
    says: [/there is no verb "creat"/, /did you mean "ed8kctl create"\?/],
  },
  {
    title: "a size that there is not",
    words: ["create", "x", "--size", "xl"],
    exit: "usage",
    says: [/"xl" is invalid\. Allowed choices are s, m, l/],
  },
  {
    title: "owner and collaborator that are no user names, told at once",
    words: ["create", "x", "--owner", "a@b@c", "--collaborator", "c d"],
    exit: "usage",
    says: [
      /config of x: 2 faults:/,
      /ed8k:owner: "a@b@c" is no user name: .*at most one "@"/,
      /ed8k:collaborators\[0\]: "c d" is no/,
    ],
  },
  {
    title: "a pin without a version",
    words: ["create", "x", "--pin", "fxsuite"],
    exit: "usage",
    says: [/--pin: "fxsuite" is not allowed; it is service=…/],
  },
  {
    title: "values that are no mapping",
    words: ["create", "x", "--values", "fxsuite=list.yaml"],
    exit: "usage",
    says: [/list\.yaml: holds no values: it must be a YAML mapping/],
  },
  {
    title: "values that are no YAML",
    words: ["create", "x", "--values", "fxsuite=broken.yaml"],
    exit: "usage",
    says: [/broken\.yaml:1:4: is no valid YAML: Nested mappings are not allowed in compact mappings$/m],
  },
  {
    title: "values that are not there",
    words: ["create", "x", "--values", "fxsuite=none.yaml"],
    exit: "usage",
    says: [/none\.yaml: cannot be read/],
  },
];

export const SERVICES: readonly Case[] = [
  {
    title: "an unknown service",
    words: ["create", "x", "--start", "kafka-iu"],
    exit: "usage",
    says: [/"kafka-iu" is no service of services\/catalogue\.yaml/, /did you mean kafka-ui\?/],
  },
  {
    title: "an unknown profile",
    words: ["create", "x", "--profile", "ful"],
    exit: "usage",
    says: [/there is no profile "ful" in .*; there are minimal, full/, /did you mean full\?/],
  },
  {
    title: "an unknown catalogue",
    words: ["create", "x", "--catalogue", "services/catalog.yaml"],
    exit: "usage",
    says: [/the catalogue services\/catalog\.yaml cannot be read in \//],
  },
  {
    title: "a version that the catalogue has not",
    words: ["create", "x", "--pin", "fxsuite=9.9.9"],
    exit: "usage",
    says: [/fxsuite 9\.9\.9 is not to be had: services\/fxsuite holds version 0\.1\.0/],
  },
  {
    title: "a version that is none",
    words: ["create", "x", "--pin", "fxsuite=latest"],
    exit: "usage",
    says: [/"latest" is no exact version, such as 1\.2\.3/],
  },
  {
    title: "stop of a core service",
    words: ["create", "x", "--stop", "toolbox"],
    exit: "usage",
    says: [/toolbox cannot be stopped: every environment has it/],
  },
  {
    title: "stop of what another service needs",
    words: ["create", "x", "--profile", "full", "--stop", "fxsuite"],
    exit: "usage",
    says: [/fxsuite cannot be stopped: bos needs it/, /stop bos too, or leave fxsuite running/],
  },
  {
    title: "several unknown services, told at once",
    words: ["create", "x", "--start", "kafka-iu", "--stop", "bosss", "--pin", "mailbx=1.0.0"],
    exit: "usage",
    says: [/services: 3 faults:/, /"kafka-iu" is no/, /"bosss" is no .*there are bos, fxsuite/, /"mailbx" is no/],
  },
  {
    title: "start in an environment that there is not",
    words: ["start", "nobody", "kafka-ui"],
    exit: "notFound",
    says: [/there is no environment "nobody"/, /ed8kctl create nobody makes it/],
  },
  {
    title: "a cluster stack that there is not",
    words: ["create", "x", "--cluster", "prod"],
    exit: "notFound",
    says: [/there is no cluster stack prod in file:\/\//],
  },
];

/** By the name of the bad chart. */
export const CHARTS: Readonly<Record<string, Refusal>> = {
  "foreign-namespace": {
    exit: "usage",
    says: [
      /templates\/config\.yaml:5: ConfigMap "settings" is in the namespace "kube-system"; allowed is only .* "x"/,
      /\{\{ \.Release\.Namespace \}\}/,
    ],
  },
  "cluster-role": { exit: "usage", says: [/templates\/role\.yaml:2: ClusterRole "everything" belongs to the whole/] },
  "host-path": {
    exit: "usage",
    says: [/templates\/web\.yaml:18: .*the folder \/etc of the node.*allowed are emptyDir/],
  },
  privileged: { exit: "usage", says: [/templates\/web\.yaml:17: .*privileged true is not allowed; allowed: false/] },
  "broken-template": { exit: "usage", says: [/templates\/config\.yaml:5:1: is no valid YAML/] },
  "broken-service": { exit: "usage", says: [/broken-service\/ed8k\.yaml:4:1: is no YAML: Flow map/] },
  "two-faults": {
    exit: "usage",
    says: [/2 faults:/, /ed8k\.yaml:6:1: dependson: .*did you mean dependsOn\?/, /ed8k\.yaml:9:3: .*"1ST" is no name/],
  },
  "helm-fails": { exit: "usage", says: [/config\.yaml:2:3: helm cannot render the chart: set colour to red or blue/] },
  "no-subchart": { exit: "usage", says: [/Chart\.yaml:4:1: .*charts\/ has no common/, /helm dependency build /] },
  "circle-a": { exit: "usage", says: [/need each other in a circle: circle-a → circle-b → circle-a/] },
  greedy: { exit: "failed", says: [/requests\.cpu: the services need 9, size m allows 8/, /choose --size l/] },
};

/** Variables that lead elsewhere, with the files that they name in the scratch folder; made by `before`. */
export const PLACES: readonly (Refusal & { title: string; variable: string; value: string })[] = [
  {
    title: "a cluster that cannot be reached",
    variable: "KUBECONFIG",
    value: "closed.kubeconfig",
    exit: "failed",
    says: [/context "ed8k-sandbox" at https:\/\/127\.0\.0\.1:1 cannot be reached: nothing listens there/],
  },
  {
    title: "a kubeconfig without the recorded context",
    variable: "KUBECONFIG",
    value: "renamed.kubeconfig",
    exit: "failed",
    says: [/has no context "ed8k-sandbox"/, /It has these contexts: elsewhere/],
  },
  {
    title: "no kubeconfig",
    variable: "KUBECONFIG",
    value: "none.kubeconfig",
    exit: "failed",
    says: [/There is no kubeconfig at .*none\.kubeconfig/],
  },
  {
    title: "a wrong passphrase",
    variable: "PULUMI_CONFIG_PASSPHRASE_FILE",
    value: "wrong.passphrase",
    exit: "failed",
    says: [/the passphrase is not the one that the stacks of this backend were made with/],
  },
  {
    title: "a passphrase file that is not there",
    variable: "PULUMI_CONFIG_PASSPHRASE_FILE",
    value: "none.passphrase",
    exit: "failed",
    says: [/the passphrase's file .*none\.passphrase cannot be read/],
  },
];
