import type { JsonObject } from "../../kube/manifest.js";
import { inDataPool } from "../../cluster/platform/add-ons/common.js";
import { claimName, LABELS, PRIORITIES } from "../../naming.js";
import type { PlannedObject } from "../plan/types.js";
import { claimLabels, claimObject } from "./claim-object.js";
import type { Claim, DriverContext } from "./driver.js";

export interface StatefulSetArgs {
  readonly image: string;
  readonly port: number;
  /** Numeric user that the image's process runs as; also owns the volume. */
  readonly user: number;
  readonly args?: readonly string[];
  readonly env: readonly JsonObject[];
  /** Where the volume is mounted. */
  readonly dataPath: string;
  /** Command of the readiness probe. */
  readonly ready: readonly string[];
  /** Kubernetes quantities; memory is limit and request, so that a database is never evicted for it. */
  readonly cpu: string;
  readonly memory: string;
  readonly storage: string;
}

/** One pod with a volume behind a Service: what every in-cluster store is. */
export function statefulSet(claim: Claim, context: DriverContext, args: StatefulSetArgs): PlannedObject[] {
  const name = claimName(claim.service, claim.name);
  const labels = claimLabels(claim, context.environment);
  const selector = { [LABELS.service]: claim.service, [LABELS.claim]: claim.name };
  const service = claimObject(claim, context, {
    apiVersion: "v1",
    kind: "Service",
    // Readiness is awaited on the StatefulSet; a Service with a selector would add ten seconds of its own.
    metadata: { name, annotations: { "pulumi.com/skipAwait": "true" } },
    spec: { selector, ports: [{ port: args.port, targetPort: args.port }] },
  });
  const set = claimObject(claim, context, {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name },
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels: selector },
      // A new password comes with a new claim, which the old data would not know.
      persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete", whenScaled: "Retain" },
      template: { metadata: { labels }, spec: { ...podSpec(args), ...placement(context) } },
      volumeClaimTemplates: [
        {
          metadata: { name: "data", labels },
          spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: args.storage } } },
        },
      ],
    },
  });
  // Another size would make the StatefulSet anew, and its data would go with it.
  return [service, { ...set, ignoreChanges: ["spec.volumeClaimTemplates"] }];
}

/** Clusters that ED8K has made have a pool of nodes for stores. */
function placement({ facts }: DriverContext): JsonObject {
  return facts.aws === undefined ? {} : inDataPool();
}

/** Fit for Pod Security `restricted`. https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted */
function podSpec(args: StatefulSetArgs): JsonObject {
  return {
    priorityClassName: PRIORITIES.data,
    automountServiceAccountToken: false,
    // Stores end in a second. A namespace that is deleted looks again only after half of its pods' longest grace.
    terminationGracePeriodSeconds: 10,
    securityContext: {
      runAsNonRoot: true,
      runAsUser: args.user,
      runAsGroup: args.user,
      fsGroup: args.user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    containers: [
      {
        name: "main",
        image: args.image,
        ...(args.args === undefined ? {} : { args: args.args }),
        env: args.env,
        ports: [{ containerPort: args.port }],
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
        // Ready a second after it serves; a store that must recover may take an hour.
        startupProbe: { exec: { command: args.ready }, periodSeconds: 1, timeoutSeconds: 3, failureThreshold: 3600 },
        readinessProbe: { exec: { command: args.ready }, periodSeconds: 5, timeoutSeconds: 3 },
        resources: { requests: { cpu: args.cpu, memory: args.memory }, limits: { memory: args.memory } },
        volumeMounts: [{ name: "data", mountPath: args.dataPath }],
      },
    ],
  };
}
