import messages from "@pulumi/pulumi/proto/provider_pb.js";
import type { Change, Checked, Difference } from "./provider.js";
import { toStruct } from "./values.js";

/** The engine's message of what a check found. */
export function checkResponse({ inputs, failures }: Checked): messages.CheckResponse {
  const response = new messages.CheckResponse();
  response.setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    const failure = new messages.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

/** The engine's message of what changes, path by path. */
export function diffResponse({ changes, deleteBeforeReplace }: Difference): messages.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse();
  response.setChanges(changes.size === 0 ? DIFF_NONE : DIFF_SOME);
  response.setHasdetaileddiff(true);
  for (const [path, change] of changes) {
    const detail = new messages.PropertyDiff();
    detail.setKind(kindOf(change));
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
    response.addDiffs(topOf(path));
    if (change.replace) response.addReplaces(path);
  }
  response.setDeletebeforereplace(deleteBeforeReplace);
  return response;
}

function kindOf({ kind, replace }: Change): messages.PropertyDiff.Kind {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  return kinds[kind][replace ? 1 : 0];
}

function topOf(path: string): string {
  return /^[^.[]+/.exec(path)?.[0] ?? path;
}
