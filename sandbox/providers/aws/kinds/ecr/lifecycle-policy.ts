import {
  DeleteLifecyclePolicyCommand,
  GetLifecyclePolicyCommand,
  PutLifecyclePolicyCommand,
} from "@aws-sdk/client-ecr";
import type { AwsKind } from "../../kind.js";
import { unless } from "../../wait.js";

interface Inputs {
  readonly repository: string;
  readonly policy: string;
}

const GONE = ["LifecyclePolicyNotFoundException", "RepositoryNotFoundException"];

/** Which images of a repository go, and when. The published provider changes it by making it anew. */
export const lifecyclePolicy: AwsKind = {
  type: "aws:ecr/lifecyclePolicy:LifecyclePolicy",
  inputs: { repository: "replace", policy: "replace" },
  required: ["repository", "policy"],
  computed: ["registryId"],
  // A repository has one: the new one in its place would go with the old one.
  deleteBeforeReplace: true,
  create: async (inputs, clients) => {
    const { repository: repositoryName, policy: lifecyclePolicyText } = inputs as unknown as Inputs;
    await (await clients.ecr()).send(new PutLifecyclePolicyCommand({ repositoryName, lifecyclePolicyText }));
    return repositoryName;
  },
  read: async (repositoryName, clients) => {
    const ecr = await clients.ecr();
    const found = await unless(GONE, () => ecr.send(new GetLifecyclePolicyCommand({ repositoryName })));
    return found && { repository: repositoryName, policy: found.lifecyclePolicyText, registryId: found.registryId };
  },
  delete: async (repositoryName, clients) => {
    const ecr = await clients.ecr();
    await unless(GONE, () => ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName })));
  },
};
