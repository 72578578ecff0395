import assert from "node:assert/strict";
import type { JsonObject } from "../../../../kube/manifest.js";
import { live } from "../live/objects.js";
import { ended, event, problems, sick, workload } from "./fixtures.js";

const QUOTA =
  'pods "bos-web-5d4f-abcde" is forbidden: exceeded quota: environment, requested: requests.cpu=9,pods=1, used: requests.cpu=770m,pods=12, limited: requests.cpu=8,pods=60';

function refused(message: string, status: JsonObject = {}) {
  const condition = {
    type: "ReplicaFailure",
    status: "True",
    reason: "FailedCreate",
    message,
    lastTransitionTime: "2026-11-24T09:02:00Z",
  };
  return workload("Deployment bos-web", { spec: { replicas: 2 }, status: { conditions: [condition], ...status } });
}
const textOf = (message: string) => problems({ workloads: [refused(message)] })[0]?.text;

describe("a workload that gets no pods", () => {
  it("is told which part of the quota is used up, by how much", () => {
    assert.deepEqual(problems({ workloads: [refused(QUOTA)] }), [
      {
        kind: "Deployment",
        name: "bos-web",
        service: "bos",
        cause: "quota",
        text: "has 0 of 2 pods: the quota environment is used up: requests.cpu: it asks for 9, and 770m of 8 are used; pods: it asks for 1, and 12 of 60 are used",
        since: "2026-11-24T09:02:00Z",
        next: "a larger size (ed8kctl create alice --size l), smaller requests, or fewer services (ed8kctl stop alice SERVICE)",
      },
    ]);
  });

  it("is told when only an update finds no room", () => {
    const updating = refused(QUOTA, { replicas: 2, updatedReplicas: 1, readyReplicas: 2 });
    assert.match(
      problems({ workloads: [updating] })[0]?.text ?? "",
      /^has 1 of 2 pods: the quota environment is used up/,
    );
  });

  it("is told by events where it says nothing of itself", () => {
    const set = workload("StatefulSet bos--db", { spec: { replicas: 1 }, status: {} });
    const job = workload("Job bos-migration", { spec: {}, status: {} });
    const quota = QUOTA.replace("pods ", "");
    const events = [
      event("FailedCreate", `create Pod bos--db-0 in StatefulSet bos--db failed error: ${quota}`, {
        object: "bos--db",
      }),
      event("FailedCreate", `Error creating: ${quota}`, { object: "bos-migration" }),
    ];
    assert.deepEqual(
      problems({ workloads: [set, job], events }).map(({ kind, cause, since }) => [kind, cause, since]),
      [
        ["StatefulSet", "quota", "2026-11-24T09:06:00Z"],
        ["Job", "quota", "2026-11-24T09:06:00Z"],
      ],
    );
  });

  it("is told what else refuses its pods", () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        'pods "a" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
        "the environment's limits refuse it: maximum memory usage per Container is 1Gi, but limit is 2Gi",
      ],
      [
        'pods "a" is forbidden: violates PodSecurity "baseline:latest": privileged (container "web" must not set securityContext.privileged=true)',
        'the cluster allows no such pod (Pod Security baseline): privileged (container "web" must not set securityContext.privileged=true)',
      ],
      [
        "pods \"a\" is forbidden: ValidatingAdmissionPolicy 'ed8k-pods' with binding 'ed8k-pods' denied request: images must come from ghcr.io/",
        "the cluster's policy ed8k-pods refuses it: images must come from ghcr.io/",
      ],
      [
        'pods "a" is forbidden: error looking up service account alice/bos: serviceaccount "bos" not found',
        "its service account bos is not there",
      ],
      [
        'pods "a" is forbidden: no PriorityClass with name high was found',
        "the API server refuses it: no PriorityClass with name high was found",
      ],
    ];
    for (const [message, words] of cases) assert.equal(textOf(message), `has 0 of 2 pods: ${words}`);
  });

  it("is no problem any more once the pods are there, whatever events say", () => {
    const set = workload("StatefulSet bos--db", { spec: { replicas: 1 }, status: { replicas: 1 } });
    const job = workload("Job bos-migration", { spec: {}, status: { active: 1 } });
    const events = ["bos--db", "bos-migration"].map((object) => event("FailedCreate", QUOTA, { object }));
    assert.deepEqual(problems({ workloads: [set, job], events }), []);
  });

  it("and of which nobody says why gets them in a moment", () => {
    const available = { type: "Available", status: "False", lastTransitionTime: "2026-11-24T09:03:00Z" };
    const status = { conditions: [available], updatedReplicas: 1, readyReplicas: 1 };
    const starting = workload("Deployment bos-web", { spec: { replicas: 2 }, status });
    assert.deepEqual(
      problems({ workloads: [starting] }).map(({ cause, text, since }) => [cause, text, since]),
      [["starting", "has 1 of 2 pods: the others are about to be made", "2026-11-24T09:03:00Z"]],
    );
  });

  it("and misses none, only has older ones, is being updated", () => {
    const status = { updatedReplicas: 0, replicas: 1, readyReplicas: 1 };
    assert.deepEqual(problems({ workloads: [workload("Deployment bos-web", { spec: {}, status })] }), []);
    assert.deepEqual(problems({ workloads: [workload("Job bos-migration", { spec: {}, status: {} })] }), []);
  });
});

describe("a Job", () => {
  const failed = {
    type: "Failed",
    status: "True",
    reason: "BackoffLimitExceeded",
    message: "Job has reached the specified backoff limit",
    lastTransitionTime: "2026-11-24T09:04:00Z",
  };
  const pod = (name: string, creationTimestamp: string) => ({
    ...sick({ state: ended(1) }, { status: { phase: "Failed" } }),
    metadata: {
      ...live(`Pod ${name}`).metadata,
      creationTimestamp,
      ownerReferences: [{ uid: "uid-of-bos-migration" }],
    },
  });
  const pods = [pod("try-1", "2026-11-24T09:01:00Z"), pod("try-2", "2026-11-24T09:02:00Z")];

  it("that has given up is told with its last try", () => {
    const job = workload("Job bos-migration", { spec: {}, status: { failed: 2, conditions: [failed] } });
    assert.deepEqual(
      problems({ workloads: [job], pods }).map(({ name, text }) => `${name} ${text}`),
      [
        "bos-migration has failed: it was tried as often as its backoffLimit allows",
        "try-2 ended with exit code 1 after 2.0 s",
      ],
    );
  });

  it("that succeeded in the end leaves no problem behind", () => {
    const complete = { type: "Complete", status: "True" };
    const job = workload("Job bos-migration", {
      spec: {},
      status: { succeeded: 1, failed: 2, conditions: [complete] },
    });
    assert.deepEqual(problems({ workloads: [job], pods }), []);
  });
});
