import { PRIORITIES } from "../../../naming.js";
import { VERSIONS } from "../../../versions.js";
import type { AddOn } from "./add-on.js";
import { ADD_ON_NAMESPACES, ON_SYSTEM_NODES, resources } from "./common.js";
import { gateway } from "./gateway.js";

/** Serves the environments' hosts by the Gateway API. https://gateway.envoyproxy.io/docs/ */
export const envoyGateway: AddOn = {
  about: "one gateway for the hosts of all environments",
  isOn: () => true,
  needs: ["aws-load-balancer-controller"],
  plan: (config) => ({
    charts: [
      {
        name: "gateway-crds-helm",
        from: chart("gateway-crds-helm"),
        namespace: ADD_ON_NAMESPACES.gateway,
        values: { crds: { gatewayAPI: { enabled: true, channel: "standard" }, envoyGateway: { enabled: true } } },
      },
      {
        name: "gateway-helm",
        from: chart("gateway-helm"),
        // Its proxies run where it does.
        namespace: ADD_ON_NAMESPACES.gateway,
        values: {
          crds: { enabled: false },
          deployment: {
            priorityClassName: PRIORITIES.platform,
            pod: { tolerations: ON_SYSTEM_NODES },
            envoyGateway: { resources: resources("100m", "512Mi") },
          },
          certgen: { job: { tolerations: ON_SYSTEM_NODES } },
          // A webhook that every pod would wait for, for routing within a zone, which nobody asks for.
          topologyInjector: { enabled: false },
        },
      },
    ],
    objects: gateway(config),
  }),
};

function chart(name: "gateway-crds-helm" | "gateway-helm") {
  const version = VERSIONS.charts["gateway-helm"];
  return { from: "oci", chart: `oci://docker.io/envoyproxy/${name}`, version } as const;
}
