import assert from "node:assert/strict";
import { hostsPolicy } from "../../../../../cluster/platform/admission/hosts.js";
import { labelsPolicy } from "../../../../../cluster/platform/admission/labels.js";
import { namespacesPolicy } from "../../../../../cluster/platform/admission/namespaces.js";
import { podsPolicy } from "../../../../../cluster/platform/admission/pods.js";
import { servicesPolicy } from "../../../../../cluster/platform/admission/services.js";
import { writersPolicy } from "../../../../../cluster/platform/admission/writers.js";
import type { PlannedObject } from "../../../../../environments/plan/types.js";
import type { Json } from "../../../../../kube/manifest.js";
import { asList, asText, at } from "../../../../../kube/object.js";

/** What a policy looks at and asks; how the rest of it is put together is shown by `policy.test.ts`. */
function told([policy]: readonly PlannedObject[]) {
  const spec = policy?.manifest["spec"];
  return {
    resources: Object.fromEntries(
      asList(at(spec, "matchConstraints", "resourceRules")).map((rule) => [
        texts(at(rule, "apiGroups")).join(),
        texts(at(rule, "resources")),
      ]),
    ),
    variables: Object.fromEntries(
      asList(at(spec, "variables")).map((variable) => [
        asText(at(variable, "name")),
        asText(at(variable, "expression")),
      ]),
    ),
    validations: asList(at(spec, "validations")).map((rule) => [
      asText(at(rule, "expression")),
      asText(at(rule, "messageExpression")),
    ]),
  };
}

/** Which requests a policy is asked about, by whom, and where. */
function reach([policy, binding]: readonly PlannedObject[]): string {
  const spec = policy?.manifest["spec"];
  const operations = asList(at(spec, "matchConstraints", "resourceRules")).map((rule) =>
    texts(at(rule, "operations")).join(" "),
  );
  const who = at(spec, "matchConditions") === undefined ? "everybody" : "users";
  const where = at(binding?.manifest["spec"], "matchResources") === undefined ? "the cluster" : "environments";
  return `${[...new Set(operations)].join()} by ${who} in ${where}`;
}

function texts(list: Json | undefined): readonly string[] {
  return asList(list).map(asText);
}

// That the API server understands them and acts so is shown end to end (test/e2e/environments/isolation.test.ts).
describe("the admission policies", () => {
  it("reach exactly this far", () => {
    const policies = {
      writers: writersPolicy(),
      labels: labelsPolicy(),
      namespaces: namespacesPolicy(),
      services: servicesPolicy(),
      pods: podsPolicy([]),
      hosts: hostsPolicy("dev.example.com"),
    };
    assert.deepEqual(Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, reach(policy)])), {
      writers: "CREATE UPDATE DELETE CONNECT by users in environments",
      labels: "CREATE UPDATE by users in environments",
      namespaces: "CREATE UPDATE DELETE by users in the cluster",
      services: "CREATE UPDATE by everybody in environments",
      pods: "CREATE UPDATE by everybody in environments",
      hosts: "CREATE UPDATE by everybody in environments",
    });
  });

  it("let only the owner, collaborators and own service accounts write [row 95]", () => {
    assert.deepEqual(told(writersPolicy()), {
      resources: { "*": ["*/*"] },
      variables: {
        owner: "'ed8k:' + namespaceObject.metadata.labels['ed8k.dev/owner']",
        listed:
          "has(namespaceObject.metadata.annotations) && 'ed8k.dev/collaborators' in namespaceObject.metadata.annotations ? namespaceObject.metadata.annotations['ed8k.dev/collaborators'].split(',') : []",
      },
      validations: [
        [
          "request.userInfo.username == variables.owner || variables.listed.exists(person, 'ed8k:' + person == request.userInfo.username) || request.userInfo.groups.exists(group, group == 'system:serviceaccounts:' + request.namespace)",
          "'the environment ' + request.namespace + ' is that of ' + variables.owner + ': ' + request.userInfo.username + ' may look, but not write'",
        ],
      ],
    });
  });

  it("keep our labels as they are", () => {
    assert.deepEqual(told(labelsPolicy()), {
      resources: { "*": ["*"] },
      variables: {
        before: "request.operation == 'UPDATE' && has(oldObject.metadata.labels) ? oldObject.metadata.labels : {}",
        after: "has(object.metadata.labels) ? object.metadata.labels : {}",
      },
      validations: [
        [
          "request.operation != 'UPDATE' || (variables.before.all(label, !label.startsWith('ed8k.dev/') || (label in variables.after && variables.after[label] == variables.before[label])) && variables.after.all(label, !label.startsWith('ed8k.dev/') || label in variables.before))",
          "'labels that begin with ed8k.dev/ cannot be changed'",
        ],
        [
          "!('ed8k.dev/env' in variables.after) || variables.after['ed8k.dev/env'] == request.namespace",
          "'the label ed8k.dev/env must be the environment\\'s name: ' + request.namespace",
        ],
      ],
    });
  });

  it("leave environments' namespaces to ed8kctl", () => {
    assert.deepEqual(told(namespacesPolicy()), {
      resources: { "": ["namespaces", "namespaces/finalize"] },
      variables: {},
      validations: [
        [
          "!(object != null && has(object.metadata.labels) && 'ed8k.dev/managed' in object.metadata.labels) && !(oldObject != null && has(oldObject.metadata.labels) && 'ed8k.dev/managed' in oldObject.metadata.labels)",
          "'the namespace of an environment is made and changed by ed8kctl only'",
        ],
      ],
    });
  });

  it("take no Service that is reached from outside", () => {
    assert.deepEqual(told(servicesPolicy()), {
      resources: { "": ["services"] },
      variables: {},
      validations: [
        [
          "!(object.spec.type in ['LoadBalancer', 'NodePort'])",
          "'a Service of type ' + object.spec.type + ' is not allowed in an environment; use ClusterIP and a route'",
        ],
        [
          "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0",
          "'externalIPs are not allowed in an environment'",
        ],
      ],
    });
  });

  it("take no folder of a node", () => {
    assert.deepEqual(told(podsPolicy([])), {
      resources: {
        "": ["pods", "pods/ephemeralcontainers", "replicationcontrollers"],
        apps: ["deployments", "statefulsets", "daemonsets", "replicasets"],
        batch: ["jobs", "cronjobs"],
      },
      variables: {
        pod: "object.kind == 'Pod' ? object.spec : object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec",
        images:
          "((has(variables.pod.containers) ? variables.pod.containers : []) + (has(variables.pod.initContainers) ? variables.pod.initContainers : []) + (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : [])).map(container, container.image)",
      },
      validations: [
        [
          "!has(variables.pod.volumes) || variables.pod.volumes.all(volume, !has(volume.hostPath))",
          "'hostPath volumes are not allowed in an environment: they reach into the node'",
        ],
      ],
    });
  });

  it("take hosts of the environment's own alone", () => {
    assert.deepEqual(told(hostsPolicy("dev.example.com")), {
      resources: { "networking.k8s.io": ["ingresses"], "gateway.networking.k8s.io": ["httproutes", "grpcroutes"] },
      variables: {
        suffix: "'--' + request.namespace + '.dev.example.com'",
        hosts:
          "object.kind == 'Ingress' ? (has(object.spec.rules) ? object.spec.rules.map(rule, has(rule.host) ? rule.host : '') : []) : (has(object.spec.hostnames) ? object.spec.hostnames : [''])",
      },
      validations: [
        [
          "variables.hosts.all(host, host.endsWith(variables.suffix))",
          "'every host must end in ' + variables.suffix + ', but there is \"' + variables.hosts.join('\", \"') + '\"'",
        ],
        [
          "object.kind != 'Ingress' || !has(object.spec.defaultBackend)",
          "'a defaultBackend would take requests for every host; name the host'",
        ],
      ],
    });
  });

  it("take images from the registries that are allowed, and name those that are not", () => {
    const [, images, ...others] = told(podsPolicy(["docker.io/library/", "it's/"])).validations;
    assert.deepEqual(images, [
      "variables.images.all(image, ['docker.io/library/', 'it\\'s/'].exists(prefix, image.startsWith(prefix)))",
      "'images must come from ' + 'docker.io/library/, it\\'s/' + ', but there is ' + " +
        "variables.images.filter(image, !(['docker.io/library/', 'it\\'s/'].exists(prefix, image.startsWith(prefix)))).join(', ')",
    ]);
    assert.deepEqual(others, []);
  });
});
