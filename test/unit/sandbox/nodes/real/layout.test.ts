import assert from "node:assert/strict";
import { parseConfig } from "../../../../../config.js";
import { hostNames, INGRESS_CLASS, nodeAddresses } from "../../../../../sandbox/nodes/real/layout.js";

describe("the layout of a real node", () => {
  it("has all addresses in its slice", () => {
    assert.deepEqual(nodeAddresses("10.77"), {
      slice: "10.77.0.0/16",
      host: "10.77.0.1",
      node: "10.77.0.2",
      pods: "10.77.16.0/20",
      services: "10.77.32.0/20",
      dns: "10.77.32.10",
    });
  });

  it("has names on the host that follow from the folder, and fit", () => {
    const { link, cgroup } = hostNames("/work/.ed8k/sandbox");
    assert.deepEqual({ link, cgroup }, { link: "ed8k9c211afb", cgroup: "ed8k9c211afb" });
    assert.notEqual(hostNames("/work/.ed8k/sandbox2").link, link);
    // IFNAMSIZ, with the zero at the end.
    assert.ok(link.length <= 15);
  });

  it("serves the Ingresses that a cluster stack makes by default", () => {
    const config = parseConfig("dev", { "ed8k:kind": "cluster", "ed8k:context": "ed8k-sandbox" });
    assert.equal(config.kind === "cluster" ? config.ingressClass : "", INGRESS_CLASS);
  });
});
