import { ALLOWED_KINDS, CLUSTER_KINDS } from "../kinds.js";
import type { Refusal } from "../context.js";

/** Why some kinds are not for charts, though they belong to a namespace. */
const NOT_FOR_CHARTS: Readonly<Record<string, string>> = {
  DaemonSet: "runs on every node of the cluster, for all environments to pay",
  ResourceQuota: "is set by the environment's size",
  LimitRange: "is set by the environment's size",
  Endpoints: "could lead traffic out of the environment",
  HTTPRoute: "names a Gateway, which is the cluster's affair: the routes of ed8k.yaml are attached to it",
  EndpointSlice: "could lead traffic out of the environment",
};

/** Objects of the whole cluster, custom resources, and what the environment itself sets. */
export const refuseScope: Refusal = ({ apiVersion, kind, metadata: { name } }) => {
  if (ALLOWED_KINDS[apiVersion]?.includes(kind) === true) return [];
  const path = ["kind"];
  if ((CLUSTER_KINDS as readonly string[]).includes(kind)) {
    const hint = "switch it off in the chart's values, or ask the platform team to run it for all";
    return [
      {
        path,
        problem: `${kind} "${name}" belongs to the whole cluster; a chart may hold only objects of its namespace`,
        hint,
      },
    ];
  }
  const reason = NOT_FOR_CHARTS[kind];
  if (reason !== undefined) {
    return [
      {
        path,
        problem: `${kind} "${name}" ${reason}`,
        hint: "take it out of the chart, or switch it off in its values",
      },
    ];
  }
  const versions = Object.keys(ALLOWED_KINDS).filter((version) => ALLOWED_KINDS[version]?.includes(kind));
  const problem = `${apiVersion} ${kind} "${name}" is no kind that an environment may hold`;
  const [newest] = versions.toReversed();
  if (newest !== undefined) return [{ path: ["apiVersion"], problem, hint: `write apiVersion: ${newest}` }];
  return [{ path, problem, hint: "switch it off in the chart's values: no operator serves custom resources" }];
};
