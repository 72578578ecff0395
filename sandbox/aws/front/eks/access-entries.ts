import type { AccessEntry, AccessScope, CreateAccessEntryRequest, UpdateAccessEntryRequest } from "@aws-sdk/client-eks";
import { ACCOUNT } from "../../account.js";
import { AwsError } from "../aws-error.js";
import { page } from "../operations.js";
import { ACCESS_POLICIES, ADMIN_POLICY, listPolicies } from "./access-policies.js";
import { uniqueArn } from "./arns.js";
import {
  type Access,
  type ClusterRecord,
  clusterOf,
  type EksCall,
  type EksOperation,
  type EksShape,
  required,
  seconds,
} from "./state.js";
import { requireGroups, requireUserName } from "./user-names.js";

const MANY = "/clusters/{name}/access-entries";
const ONE = `${MANY}/{principal}`;

/** Operations on who gets into a cluster. */
export const ACCESS_ENTRIES: readonly EksOperation[] = [
  { name: "CreateAccessEntry", method: "POST", path: MANY, answer: createEntry },
  {
    name: "DescribeAccessEntry",
    method: "GET",
    path: ONE,
    readsOnly: true,
    answer: (call) => ({ accessEntry: accessOf(call).entry }),
  },
  { name: "ListAccessEntries", method: "GET", path: MANY, readsOnly: true, answer: listEntries },
  { name: "UpdateAccessEntry", method: "POST", path: ONE, answer: updateEntry },
  { name: "DeleteAccessEntry", method: "DELETE", path: ONE, answer: deleteEntry },
  { name: "AssociateAccessPolicy", method: "POST", path: `${ONE}/access-policies`, answer: associatePolicy },
  {
    name: "DisassociateAccessPolicy",
    method: "DELETE",
    path: `${ONE}/access-policies/{policy}`,
    answer: disassociatePolicy,
  },
  {
    name: "ListAssociatedAccessPolicies",
    method: "GET",
    path: `${ONE}/access-policies`,
    readsOnly: true,
    answer: listAssociated,
  },
  { name: "ListAccessPolicies", method: "GET", path: "/access-policies", readsOnly: true, answer: listPolicies },
];

/** Whoever makes a cluster is its administrator, unless the cluster says otherwise. */
export function grantCreator(record: ClusterRecord, caller: string, now: number): void {
  const principal = principalOf(caller);
  const policy = { policyArn: ADMIN_POLICY, accessScope: { type: "cluster" as const, namespaces: [] } };
  record.access[principal] = {
    entry: newEntry(record, { principalArn: principal, clusterName: record.cluster.name }, now),
    policies: [{ ...policy, associatedAt: seconds(now), modifiedAt: seconds(now) }],
  };
}

/** Entries are for roles, not for their sessions. */
export function principalOf(caller: string): string {
  const role = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)\//.exec(caller);
  return role === null ? caller : `arn:aws:iam::${role[1] ?? ""}:role/${role[2] ?? ""}`;
}

function createEntry(call: EksCall): object {
  const record = clusterOf(call).value;
  const request = call.body as EksShape<CreateAccessEntryRequest>;
  const principal = required(request.principalArn, "principalArn");
  if (record.cluster.accessConfig?.authenticationMode === "CONFIG_MAP") {
    throw new AwsError(
      "InvalidRequestException",
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    );
  }
  if (!new RegExp(`^arn:aws:iam::(${ACCOUNT}:root|\\d{12}:(role|user)/.+)$`).test(principal)) {
    throw new AwsError(
      "InvalidParameterException",
      `The specified principalArn is invalid: ${principal} is no role or user of IAM`,
    );
  }
  if (Object.hasOwn(record.access, principal)) {
    throw new AwsError(
      "ResourceInUseException",
      "The specified access entry resource is already in use on this cluster.",
    );
  }
  const entry = newEntry(record, request, call.now);
  record.access[principal] = { entry, policies: [] };
  return { accessEntry: entry };
}

function newEntry(
  { cluster }: ClusterRecord,
  request: EksShape<CreateAccessEntryRequest>,
  now: number,
): EksShape<AccessEntry> {
  const { principalArn = "", type = "STANDARD", kubernetesGroups = [], username } = request;
  const [, account = "", kind = "", name = ""] = /^arn:aws:iam::(\d+):(?:(role|user)\/)?(.*)$/.exec(principalArn) ?? [];
  requireGroups(kubernetesGroups);
  if (username !== undefined) requireUserName(username);
  const isNode = type !== "STANDARD";
  const session = `arn:aws:sts::${account}:assumed-role/${name}/{{SessionName}}`;
  const standard = kind === "role" ? session : principalArn;
  return {
    clusterName: cluster.name ?? "",
    principalArn,
    kubernetesGroups: isNode ? ["system:nodes"] : kubernetesGroups,
    accessEntryArn: uniqueArn(`access-entry/${cluster.name ?? ""}/${kind || "root"}/${account}/${name}`),
    createdAt: seconds(now),
    modifiedAt: seconds(now),
    tags: request.tags ?? {},
    username: isNode ? "system:node:{{EC2PrivateDNSName}}" : (username ?? standard),
    type,
  };
}

function accessOf(call: EksCall): Access {
  const { access } = clusterOf(call).value;
  const principal = call.params["principal"] ?? "";
  const found = Object.hasOwn(access, principal) ? access[principal] : undefined;
  if (found !== undefined) return found;
  throw new AwsError(
    "ResourceNotFoundException",
    `The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.`,
  );
}

function listEntries(call: EksCall): object {
  const policy = call.query.get("associatedPolicyArn");
  const found = Object.entries(clusterOf(call).value.access).filter(
    ([, { policies }]) => policy === null || policies.some(({ policyArn }) => policyArn === policy),
  );
  const { items, ...next } = page(
    found.map(([principal]) => principal),
    call.query,
  );
  return { accessEntries: items, ...next };
}

function updateEntry(call: EksCall): object {
  const { entry } = accessOf(call);
  const { kubernetesGroups, username } = call.body as EksShape<UpdateAccessEntryRequest>;
  if (entry.type !== "STANDARD")
    throw new AwsError("InvalidRequestException", "Only access entries of type STANDARD can be updated");
  if (kubernetesGroups !== undefined) entry.kubernetesGroups = requireGroups(kubernetesGroups);
  if (username !== undefined) entry.username = requireUserName(username);
  entry.modifiedAt = seconds(call.now);
  return { accessEntry: entry };
}

function deleteEntry(call: EksCall): object {
  accessOf(call);
  Reflect.deleteProperty(clusterOf(call).value.access, call.params["principal"] ?? "");
  return {};
}

function associatePolicy(call: EksCall): object {
  const access = accessOf(call);
  const { policyArn, accessScope } = call.body as {
    readonly policyArn?: string;
    readonly accessScope?: EksShape<AccessScope>;
  };
  const arn = required(policyArn, "policyArn");
  if (!ACCESS_POLICIES.some((known) => known.arn === arn)) {
    throw new AwsError("InvalidParameterException", `The policyArn parameter format is not valid: ${arn}`);
  }
  const before = access.policies.find((one) => one.policyArn === arn);
  const policy = {
    policyArn: arn,
    accessScope: { type: "cluster" as const, namespaces: [], ...accessScope },
    associatedAt: before?.associatedAt ?? seconds(call.now),
    modifiedAt: seconds(call.now),
  };
  access.policies = [...access.policies.filter((one) => one !== before), policy];
  return { ...named(call), associatedAccessPolicy: policy };
}

function disassociatePolicy(call: EksCall): object {
  const access = accessOf(call);
  const arn = call.params["policy"] ?? "";
  const rest = access.policies.filter(({ policyArn }) => policyArn !== arn);
  if (rest.length === access.policies.length) {
    throw new AwsError("ResourceNotFoundException", `The policy ${arn} is not associated with the access entry`);
  }
  access.policies = rest;
  return {};
}

function listAssociated(call: EksCall): object {
  const { items, ...next } = page(accessOf(call).policies, call.query);
  return { ...named(call), associatedAccessPolicies: items, ...next };
}

function named({ params }: EksCall): object {
  return { clusterName: params["name"], principalArn: params["principal"] };
}
