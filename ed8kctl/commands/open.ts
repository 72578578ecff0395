import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import type { LiveEnvironment } from "../live/list.js";
import { requireServices, serviceNames } from "../live/services.js";
import { hostUrl } from "../live/url.js";

/** `ed8kctl open NAME [service]` */
export const open: Command = {
  name: "open",
  summary: "Print a service's address, and open it in the browser when there is a terminal",
  group: "everyday",
  args: [
    { spec: "<name>", summary: "The environment", names: "environment" },
    { spec: "[service]", summary: "One of its services; without it all addresses are told", names: "service" },
  ],
  options: [],
  examples: ["ed8kctl open alice fxsuite", "curl $(ed8kctl open alice fxsuite)"],
  async run({ args: [name = "", service], options, out, signal }) {
    const { withTarget } = await import("../target.js");
    const { findEnvironment } = await import("../live/read.js");
    const environment = await withTarget(clusterOf(options), (target) => findEnvironment(target, name, signal));
    const urls = urlsOf(environment, service);
    out.result({ urls }, urls.join("\n"));
    const [only] = urls;
    if (!out.terminal || out.json || only === undefined || urls.length > 1) return;
    const { openBrowser } = await import("../browser.js");
    openBrowser(only);
  },
};

/** @throws UserError (notFound) when there is no such service, or none that has an address */
export function urlsOf(environment: LiveEnvironment, service?: string): readonly string[] {
  const wanted = service === undefined ? serviceNames(environment) : [service];
  requireServices(environment, wanted);
  const services = environment.summary?.services ?? [];
  const urls = services.filter(({ name }) => wanted.includes(name)).flatMap(({ hosts }) => hosts.map(hostUrl));
  if (urls.length > 0) return urls;
  throw new UserError(`${service ?? environment.name} has no address: there is no route in its ed8k.yaml`, {
    exit: "notFound",
    hint: `reach it by ed8kctl forward ${environment.name} ${service ?? "SERVICE"}`,
  });
}
