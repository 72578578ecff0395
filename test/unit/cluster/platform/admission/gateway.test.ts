import assert from "node:assert/strict";
import { hostsPolicy } from "../../../../../cluster/platform/admission/hosts.js";
import { wallsPolicy } from "../../../../../cluster/platform/admission/walls.js";
import { dataLiteral } from "../../../../../cluster/platform/admission/policy.js";
import { planPlatform } from "../../../../../cluster/platform/plan.js";
import { networkRules } from "../../../../../environments/tenancy/network.js";
import { eksConfig } from "../add-ons/config.js";
import { told } from "./told.js";

const GATEWAY = { namespace: "ed8k-gateway", name: "environments" };

describe("the admission policies of a cluster with a Gateway", () => {
  it("let routes be attached to it, and to nothing else", () => {
    const [, , , attached, ...more] = told(hostsPolicy("dev.example.com", GATEWAY)).validations;
    assert.deepEqual(attached, [
      "object.kind == 'Ingress' || (has(object.spec.parentRefs) && object.spec.parentRefs.all(parent, has(parent.namespace) && parent.namespace == 'ed8k-gateway' && parent.name == 'environments' && (!has(parent.kind) || parent.kind == 'Gateway')))",
      "'a route is attached to the Gateway ed8k-gateway/environments, and to nothing else'",
    ]);
    assert.deepEqual(more, []);
    assert.equal(told(hostsPolicy("dev.example.com")).validations.length, 3);
  });

  it("let its namespace and that of the add-ons into environments", () => {
    const neighbours = { gateway: GATEWAY, addOns: true };
    const { networks } = told(wallsPolicy(9092, neighbours)).variables;
    assert.equal(networks, dataLiteral(networkRules(9092, neighbours)));
    assert.match(networks ?? "", /'kubernetes.io\/metadata.name': 'ed8k-gateway'/);
    assert.match(networks ?? "", /'kubernetes.io\/metadata.name': 'ed8k-platform'/);
  });

  it("are those of a cluster on EKS, unless its gateway is switched off", () => {
    const policyOf = (config: ReturnType<typeof eksConfig>, name: string): unknown =>
      planPlatform(config).find(({ id }) => id === `ValidatingAdmissionPolicy/${name}`)?.manifest;
    const off = eksConfig({ addOns: { "envoy-gateway": false } });
    for (const [name, withGateway, without] of [
      ["ed8k-hosts", hostsPolicy("dev.example.com", GATEWAY), hostsPolicy("dev.example.com")],
      [
        "ed8k-walls",
        wallsPolicy(9092, { gateway: GATEWAY, addOns: true }),
        wallsPolicy(9092, { gateway: undefined, addOns: true }),
      ],
    ] as const) {
      assert.deepEqual(policyOf(eksConfig(), name), withGateway[0]?.manifest);
      assert.deepEqual(policyOf(off, name), without[0]?.manifest);
    }
  });
});
