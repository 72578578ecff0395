import type { Change, Checked, Difference } from "../plugin/provider.js";
import { findChanges, formatPath } from "../plugin/changes.js";
import { reveal, Unknown, type ValueMap } from "../plugin/values.js";
import { clusterIdentity, refusedSettings } from "./settings.js";

/** What is wrong with the provider's own inputs. */
export function checkConfiguration(inputs: ValueMap): Checked {
  return { inputs, failures: refusedSettings(inputs) };
}

/**
 * What changed inputs of the provider mean: another cluster replaces the provider, and with it everything that it made;
 * a new token for the same one does not. What is not known yet is taken for another cluster, what cannot be told for
 * the same one, as the published provider does.
 */
export function diffConfiguration(oldInputs: ValueMap, inputs: ValueMap): Difference {
  const [before, after] = [clusterIdentity(oldInputs), clusterIdentity(inputs)];
  const isOther = before !== undefined && after !== undefined && before !== after;
  const changes = new Map<string, Change>(
    findChanges(oldInputs, inputs).map(({ path, kind }) => [
      formatPath(path),
      { kind, replace: WHICH_CLUSTER.has(String(path[0])) && (isOther || isUnknown(inputs[String(path[0])])) },
    ]),
  );
  return { changes, deleteBeforeReplace: false };
}

function isUnknown(value: ValueMap[string]): boolean {
  return reveal(value) instanceof Unknown;
}

const WHICH_CLUSTER = new Set(["kubeconfig", "context", "cluster"]);
