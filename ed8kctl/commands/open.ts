import { UserError } from "../../errors.js";
import { clusterOf } from "../cli/common-options.js";
import type { Command } from "../command.js";
import { problemLine } from "../diagnosis/problem.js";
import type { EnvironmentDetails } from "../live/details.js";
import type { LiveEnvironment } from "../live/list.js";
import { requireServices, serviceNames } from "../live/services.js";
import { type Entry, hostUrl } from "../../environments/plan/address.js";

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
    const { readEnvironment } = await import("../live/read.js");
    const { detailsOf } = await import("../live/details.js");
    const { problemsIn } = await import("../diagnosis/diagnose.js");
    const { urls, notReady } = await withTarget(clusterOf(options), async (target) => {
      const objects = await readEnvironment(target, name, signal);
      const found = urlsOf(objects.environment, target.facts, service);
      const problems = await problemsIn(target, objects, { now: Date.now(), signal });
      return { urls: found, notReady: notReadyOf(detailsOf(objects, problems), service) };
    });
    for (const line of notReady) out.warn(line);
    out.result({ urls, notReady }, urls.join("\n"));
    const [only] = urls;
    if (!out.terminal || out.json || only === undefined || urls.length > 1) return;
    const { openBrowser } = await import("../browser.js");
    openBrowser(only);
  },
};

/** Which of the services that have an address miss pods, and the first reason of each. */
export function notReadyOf(
  { services, problems }: Pick<EnvironmentDetails, "services" | "problems">,
  service?: string,
): readonly string[] {
  return services
    .filter(({ name, urls, ready, wanted }) => ready < wanted && urls.length > 0 && name === (service ?? name))
    .map(({ name, ready, wanted }) => {
      const problem = problems.find((one) => one.service === name);
      const why = problem === undefined ? `it has ${ready} of ${wanted} pods` : problemLine(problem);
      return `${name} is not ready: ${why}`;
    });
}

/** @throws UserError (notFound) when there is no such service, or none that has an address */
export function urlsOf(environment: LiveEnvironment, entry: Entry, service?: string): readonly string[] {
  const wanted = service === undefined ? serviceNames(environment) : [service];
  requireServices(environment, wanted);
  const services = environment.summary?.services ?? [];
  const hosts = services.filter(({ name }) => wanted.includes(name)).flatMap((one) => one.hosts);
  const urls = hosts.map((host) => hostUrl(host, entry));
  if (urls.length > 0) return urls;
  throw new UserError(`${service ?? environment.name} has no address: there is no route in its ed8k.yaml`, {
    exit: "notFound",
    hint: `reach it by ed8kctl forward ${environment.name} ${service ?? "SERVICE"}`,
  });
}
