import { randomBytes } from "node:crypto";
import type {
  CreatePodIdentityAssociationRequest,
  PodIdentityAssociation,
  UpdatePodIdentityAssociationRequest,
} from "@aws-sdk/client-eks";
import { AwsError } from "../aws-error.js";
import { page } from "../operations.js";
import { eksArn } from "./arns.js";
import { clusterOf, type EksCall, type EksOperation, type EksShape, required, seconds } from "./state.js";

const MANY = "/clusters/{name}/pod-identity-associations";
const ONE = `${MANY}/{association}`;

/** Operations on roles of service accounts. They are records: pods get no credentials. */
export const POD_IDENTITY: readonly EksOperation[] = [
  { name: "CreatePodIdentityAssociation", method: "POST", path: MANY, answer: createAssociation },
  {
    name: "DescribePodIdentityAssociation",
    method: "GET",
    path: ONE,
    readsOnly: true,
    answer: (call) => ({ association: associationOf(call) }),
  },
  { name: "ListPodIdentityAssociations", method: "GET", path: MANY, readsOnly: true, answer: listAssociations },
  { name: "UpdatePodIdentityAssociation", method: "POST", path: ONE, answer: updateAssociation },
  { name: "DeletePodIdentityAssociation", method: "DELETE", path: ONE, answer: deleteAssociation },
];

function createAssociation(call: EksCall): object {
  const { associations, cluster } = clusterOf(call).value;
  const { clientRequestToken: _token, ...request } = call.body as EksShape<CreatePodIdentityAssociationRequest>;
  const namespace = required(request.namespace, "namespace");
  const serviceAccount = required(request.serviceAccount, "serviceAccount");
  const roleArn = required(request.roleArn, "roleArn");
  const clusterName = cluster.name ?? "";
  const before = Object.values(associations).find(
    (one) => one.namespace === namespace && one.serviceAccount === serviceAccount,
  );
  if (before !== undefined) {
    throw new AwsError("ResourceInUseException", `Association already exists: ${before.associationId ?? ""}`);
  }
  const associationId = `a-${randomBytes(9).toString("hex").slice(0, 17)}`;
  const association: EksShape<PodIdentityAssociation> = {
    ...request,
    clusterName,
    namespace,
    serviceAccount,
    roleArn,
    associationId,
    associationArn: eksArn(`podidentityassociation/${clusterName}/${associationId}`),
    createdAt: seconds(call.now),
    modifiedAt: seconds(call.now),
    disableSessionTags: request.disableSessionTags ?? false,
    tags: request.tags ?? {},
  };
  associations[associationId] = association;
  return { association };
}

function associationOf(call: EksCall): EksShape<PodIdentityAssociation> {
  const id = call.params["association"] ?? "";
  const found = clusterOf(call).value.associations[id];
  if (found !== undefined) return found;
  throw new AwsError(
    "ResourceNotFoundException",
    `Association ${id} not found in cluster ${call.params["name"] ?? ""}`,
  );
}

function listAssociations(call: EksCall): object {
  const [namespace, account] = [call.query.get("namespace"), call.query.get("serviceAccount")];
  const found = Object.values(clusterOf(call).value.associations).filter(
    (one) =>
      (namespace === null || one.namespace === namespace) && (account === null || one.serviceAccount === account),
  );
  const { items, ...next } = page(found, call.query);
  const associations = items.map(
    ({ clusterName, namespace: space, serviceAccount, associationArn, associationId, ownerArn }) => ({
      clusterName,
      namespace: space,
      serviceAccount,
      associationArn,
      associationId,
      ownerArn,
    }),
  );
  return { associations, ...next };
}

function updateAssociation(call: EksCall): object {
  const association = associationOf(call);
  const { clientRequestToken: _token, ...change } = call.body as EksShape<UpdatePodIdentityAssociationRequest>;
  Object.assign(association, change, { modifiedAt: seconds(call.now) });
  return { association };
}

function deleteAssociation(call: EksCall): object {
  const association = associationOf(call);
  Reflect.deleteProperty(clusterOf(call).value.associations, association.associationId ?? "");
  return { association };
}
