import { CreateClusterCommand, DescribeClusterCommand, KafkaClient } from "@aws-sdk/client-kafka";
import { OpenFront } from "../open-front.js";

/** What a cluster is made with unless a test says otherwise. */
export const CLUSTER = {
  ClusterName: "ed8k-dev",
  KafkaVersion: "4.0.x.kraft",
  NumberOfBrokerNodes: 3,
  BrokerNodeGroupInfo: {
    ClientSubnets: ["subnet-1", "subnet-2", "subnet-3"],
    InstanceType: "kafka.m7g.large",
    StorageInfo: { EbsStorageInfo: { VolumeSize: 100 } },
  },
  ClientAuthentication: { Sasl: { Iam: { Enabled: true } } },
  Tags: { "ed8k:cluster": "dev" },
};

/** The front, with a client of MSK. */
export class OpenKafka {
  readonly front = new OpenFront();
  #client: KafkaClient | undefined;

  get client(): KafkaClient {
    this.#client ??= new KafkaClient(this.front.client);
    return this.#client;
  }

  /** Makes a cluster, and gives its ARN once it is there. */
  async make(change: object = {}): Promise<string> {
    const { ClusterArn = "" } = await this.client.send(new CreateClusterCommand({ ...CLUSTER, ...change }));
    this.front.settle();
    return ClusterArn;
  }

  async describe(ClusterArn: string) {
    return (await this.client.send(new DescribeClusterCommand({ ClusterArn }))).ClusterInfo;
  }

  /** Ends the front and starts another one in its folder. */
  async restart(): Promise<void> {
    this.#client?.destroy();
    this.#client = undefined;
    await this.front.restart();
  }

  async close(): Promise<void> {
    this.#client?.destroy();
    await this.front.close();
  }
}
