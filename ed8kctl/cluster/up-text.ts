import { changesOfExisting, countsText } from "./changes-text.js";
import type { ClusterApplied } from "./up.js";

/** What was done to a cluster, or would be, for people; the last line names the next command. */
export function clusterAppliedText({ stack, preview, changes, resources = [], facts }: ClusterApplied): string {
  if (preview) {
    const counts = countsText(changes, "future");
    return counts === ""
      ? `the cluster ${stack} is as its file says: nothing would change`
      : [...changesOfExisting(resources), `the cluster ${stack}: ${counts}; next: ed8kctl cluster up ${stack}`].join(
          "\n",
        );
  }
  const counts = countsText(changes, "past");
  const done = `the cluster ${stack} is applied (${counts === "" ? "nothing had to be changed" : counts})`;
  if (facts === undefined) {
    return [
      done,
      "what runs in the cluster was left out (ed8k:platform is false); environments need it",
      `next, where the API server can be reached: pulumi config set ed8k:platform true --stack ${stack}, then ed8kctl cluster up ${stack}`,
    ].join("\n");
  }
  const context = facts.aws === undefined ? "" : `ed8kctl cluster kubeconfig ${stack}, `;
  return `${done}\nnext: ${context}ed8kctl cluster status ${stack}`;
}
