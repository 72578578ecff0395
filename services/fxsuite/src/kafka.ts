import kafkajs, { type Producer } from "kafkajs";
import type { Deal } from "./deal.js";
import { errorText, type Log } from "./log.js";
import type { Topic } from "./publisher.js";

export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly topic: string;
  readonly log: Log;
}

/**
 * The topic on Kafka. The producer is idempotent: what it sends again itself is kept once. After a fault it is dropped and
 * the next message makes a new one, for the old one may believe in brokers and sequence numbers that are gone.
 */
export function kafkaTopic({ brokers, topic, log }: KafkaOptions): Topic {
  let producer: Producer | undefined;
  const drop = async (): Promise<void> => {
    const old = producer;
    producer = undefined;
    await old?.disconnect().catch((error: unknown) => log("debug", "kafka", { error: errorText(error) }));
  };
  return {
    async send(deals) {
      try {
        if (producer === undefined) {
          producer = createProducer(brokers, log);
          await producer.connect();
          log("info", "connected to kafka", { brokers: brokers.join(","), topic });
        }
        await producer.send({ topic, acks: -1, messages: deals.map(message) });
      } catch (error) {
        await drop();
        throw error;
      }
    },
    close: drop,
  };
}

/** All messages of one deal have its id as their key, so that they keep their order. */
function message(deal: Deal) {
  return { key: deal.id, value: JSON.stringify(deal), headers: { type: "deal.booked" } };
}

function createProducer(brokers: readonly string[], log: Log): Producer {
  const kafka = new kafkajs.Kafka({
    clientId: "fxsuite",
    brokers: [...brokers],
    connectionTimeout: 3000,
    requestTimeout: 5000,
    // The publisher tries again for ever; an idempotent producer wants at least one try of its own.
    retry: { retries: 1, initialRetryTime: 200, maxRetryTime: 1000 },
    // What the client calls an error is one attempt of many: the publisher tells what comes of it.
    logCreator: () => (entry) => log("debug", "kafka", { text: entry.log.message }),
  });
  return kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
  });
}
