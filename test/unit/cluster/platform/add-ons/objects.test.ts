import assert from "node:assert/strict";
import { planAddOns } from "../../../../../cluster/platform/add-ons/plan.js";
import type { EksClusterConfig } from "../../../../../config.js";
import type { JsonObject, Manifest } from "../../../../../kube/manifest.js";
import { eksConfig } from "./config.js";

function objectsOf(name: string, config: EksClusterConfig = eksConfig()): readonly Manifest[] {
  return planAddOns({ config }).find((plan) => plan.name === name)?.objects ?? [];
}

describe("objects of add-ons", () => {
  it("are one wildcard listener for the hosts of environments alone, behind an internal load balancer", () => {
    const [proxy, gatewayClass, gateway] = objectsOf("envoy-gateway", eksConfig({ ingressPort: "8080" }));
    const kubernetes = (proxy?.["spec"] as { provider: { kubernetes: Record<string, unknown> } }).provider.kubernetes;
    assert.deepEqual(kubernetes["envoyService"], {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      annotations: {
        "service.beta.kubernetes.io/aws-load-balancer-name": "ed8k-dev",
        "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal",
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type": "ip",
      },
      loadBalancerSourceRanges: ["10.8.0.0/16"],
    });
    assert.deepEqual(gatewayClass?.["spec"], {
      controllerName: "gateway.envoyproxy.io/gatewayclass-controller",
      parametersRef: { group: "gateway.envoyproxy.io", kind: "EnvoyProxy", name: "ed8k", namespace: "ed8k-gateway" },
    });
    assert.deepEqual(gateway, {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { namespace: "ed8k-gateway", name: "environments" },
      spec: {
        gatewayClassName: "ed8k",
        listeners: [
          {
            name: "http",
            protocol: "HTTP",
            port: 8080,
            hostname: "*.dev.example.com",
            allowedRoutes: {
              namespaces: { from: "Selector", selector: { matchLabels: { "ed8k.dev/managed": "true" } } },
              kinds: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute" }],
            },
          },
        ],
      },
    });
  });

  it("let developers reach the traffic manager, and give them no right in environments [row 58]", () => {
    const plans = planAddOns({ config: eksConfig() });
    const { charts = [], objects = [] } = plans.find(({ name }) => name === "telepresence") ?? {};
    const values: JsonObject = charts[0]?.values ?? {};
    assert.deepEqual(values["namespaceSelector"], { matchLabels: { "ed8k.dev/managed": "true" } });
    assert.deepEqual(values["security"], { authentication: { mode: "enforcing" } });
    assert.equal("clientRbac" in values, false);
    const metadata = { name: "telepresence-users", namespace: "ed8k-platform" };
    assert.deepEqual(objects, [
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "Role",
        metadata,
        rules: [{ apiGroups: [""], resources: ["pods/portforward"], verbs: ["get", "create"] }],
      },
      {
        apiVersion: "rbac.authorization.k8s.io/v1",
        kind: "RoleBinding",
        metadata,
        roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "telepresence-users" },
        subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "ed8k:developers" }],
      },
    ]);
  });

  it("are a class of encrypted volumes that bear their environment's name, and one of snapshots", () => {
    assert.deepEqual(objectsOf("storage"), [
      {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "ed8k-gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        provisioner: "ebs.csi.aws.com",
        parameters: { type: "gp3", encrypted: "true", tagSpecification_1: "ed8k:env={{ .PVCNamespace }}" },
        volumeBindingMode: "WaitForFirstConsumer",
        reclaimPolicy: "Delete",
        allowVolumeExpansion: true,
      },
    ]);
    assert.deepEqual(objectsOf("snapshots"), [
      {
        apiVersion: "snapshot.storage.k8s.io/v1",
        kind: "VolumeSnapshotClass",
        metadata: { name: "ebs", annotations: { "snapshot.storage.kubernetes.io/is-default-class": "true" } },
        driver: "ebs.csi.aws.com",
        deletionPolicy: "Delete",
      },
    ]);
  });
});
