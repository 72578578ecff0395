import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { kwokConfiguration } from "../../../../sandbox/nodes/kwok.js";
import { checkoutRoot } from "../../../../sandbox/paths.js";

describe("kwok's configuration", () => {
  const text = kwokConfiguration({ port: 16447, podLog: "/s/logs/simulated-pods.log" });

  it("is the settings, the pods' log, and the stages as they are in the file", () => {
    const stages = readFileSync(join(checkoutRoot(), "sandbox", "nodes", "stages.yaml"), "utf8");
    assert.equal(
      text,
      `apiVersion: config.kwok.x-k8s.io/v1alpha1
kind: KwokConfiguration
options:
  manageNodesWithLabelSelector: ed8k.dev/nodes=simulated
  nodePort: 16447
  enableDebuggingHandlers: true
  cidr: 10.244.0.0/16
  podPlayStageParallelism: 8
  nodePlayStageParallelism: 8
  nodeLeaseParallelism: 8
  podsOnNodeSyncParallelism: 8
  nodeLeaseDurationSeconds: 40
---
apiVersion: kwok.x-k8s.io/v1alpha1
kind: ClusterLogs
metadata:
  name: all-pods
spec:
  logs:
    - logsFile: /s/logs/simulated-pods.log
---
${stages}`,
    );
  });

  it("is YAML throughout, with one stage for each thing that is played", () => {
    const documents = parseAllDocuments(text);
    assert.deepEqual(
      documents.flatMap((document) => document.errors),
      [],
    );
    const names = documents.map((document) => document.getIn(["metadata", "name"]));
    assert.deepEqual(names, [
      undefined,
      "all-pods",
      "node-initialize",
      "pod-ready",
      "pod-complete",
      "pod-delete",
      "pvc-provision",
      "pv-delete",
      "service-load-balancer",
      "ingress-load-balancer",
    ]);
  });
});
