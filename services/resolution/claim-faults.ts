import type { Fault } from "../../errors.js";
import type { ResolvedService } from "../resolved.js";

/** What is wrong with the claims of services that run together, where each by itself is right. */
export function claimFaults(services: readonly ResolvedService[]): readonly Fault[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  return [...services.flatMap((service) => topicFaults(service, byName)), ...sharedTopicFaults(services)];
}

/** Topics that queues subscribe to must be there, and deliver to such a queue. */
function topicFaults(service: ResolvedService, services: ReadonlyMap<string, ResolvedService>): readonly Fault[] {
  return Object.entries(service.definition.resources).flatMap(([claim, { type, params }]) => {
    if (type !== "sqs-queue") return [];
    return params.subscribe.flatMap(({ topic }) => {
      const where = `resources.${claim} of ${service.name}`;
      const [owner = "", name = ""] = topic.split("/");
      const target = services.get(owner)?.definition.resources[name];
      if (target?.type !== "sns-topic") return [{ where, problem: `"${topic}" is no sns-topic of ${owner}` }];
      // https://docs.aws.amazon.com/sns/latest/dg/fifo-topic-message-delivery.html
      if (params.fifo && !target.params.fifo) {
        return [{ where, problem: `a fifo queue cannot subscribe to "${topic}", which is not fifo` }];
      }
      return [];
    });
  });
}

/** A Kafka topic belongs to the environment: services that claim one name share it, and must want the same of it. */
function sharedTopicFaults(services: readonly ResolvedService[]): readonly Fault[] {
  const first = new Map<string, { readonly service: string; readonly params: string }>();
  const faults: Fault[] = [];
  for (const { name: service, definition } of services) {
    for (const [claim, { type, params }] of Object.entries(definition.resources)) {
      if (type !== "kafka-topic") continue;
      const told = JSON.stringify({ partitions: params.partitions, config: Object.entries(params.config).toSorted() });
      const other = first.get(claim);
      if (other === undefined) first.set(claim, { service, params: told });
      else if (other.params !== told) {
        faults.push({
          where: `resources.${claim} of ${service}`,
          problem: `is the Kafka topic that ${other.service} claims too, with other params`,
          hint: "give both the same params, or one of them another name",
        });
      }
    }
  }
  return faults;
}
