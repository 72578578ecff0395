import assert from "node:assert/strict";
import { hostsPolicy } from "../../../../../cluster/platform/admission/hosts.js";
import { labelsPolicy } from "../../../../../cluster/platform/admission/labels.js";
import { namespacesPolicy } from "../../../../../cluster/platform/admission/namespaces.js";
import { podsPolicy } from "../../../../../cluster/platform/admission/pods.js";
import { servicesPolicy } from "../../../../../cluster/platform/admission/services.js";
import { writersPolicy } from "../../../../../cluster/platform/admission/writers.js";
import { topicRemovalPolicy } from "../../../../../cluster/platform/admission/topic-removal.js";
import { elsewherePolicy, wallsPolicy } from "../../../../../cluster/platform/admission/walls.js";
import { reach, told } from "./told.js";

// That the API server understands them and acts so is shown end to end (test/e2e/environments/isolation.test.ts).
describe("the admission policies", () => {
  it("reach exactly this far", () => {
    const policies = {
      writers: writersPolicy(),
      labels: labelsPolicy(),
      namespaces: namespacesPolicy(),
      walls: wallsPolicy(9092),
      elsewhere: elsewherePolicy(),
      topics: topicRemovalPolicy([]),
      services: servicesPolicy(),
      pods: podsPolicy([]),
      hosts: hostsPolicy("dev.example.com"),
    };
    assert.deepEqual(Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, reach(policy)])), {
      writers: "CREATE UPDATE DELETE CONNECT by users in environments",
      labels: "CREATE UPDATE by users in environments",
      namespaces: "CREATE UPDATE DELETE by users in the cluster",
      walls: "CREATE UPDATE DELETE by users in environments",
      elsewhere: "CREATE UPDATE DELETE by users,developers in other namespaces",
      topics: "CREATE UPDATE DELETE by users,developers in ed8k-shared",
      services: "CREATE UPDATE by everybody in environments",
      pods: "CREATE UPDATE by everybody in environments",
      hosts: "CREATE UPDATE by everybody in environments",
    });
  });

  it("let only the owner, collaborators and own service accounts write [row 95]", () => {
    assert.deepEqual(told(writersPolicy()), {
      resources: { "*": ["*/*"] },
      variables: {
        owner: "'ed8k:' + namespaceObject.metadata.labels['ed8k.dev/owner'].replace('..', '@')",
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
          "request.operation != 'UPDATE' || (variables.before.all(label, !label.startsWith('ed8k.dev/') || (label in variables.after && variables.after[label] == variables.before[label])) && (variables.before.all(label, !label.startsWith('ed8k.dev/')) || variables.after.all(label, !label.startsWith('ed8k.dev/') || label in variables.before)))",
          "'labels that begin with ed8k.dev/ cannot be changed'",
        ],
        [
          "!('ed8k.dev/env' in variables.after) || variables.after['ed8k.dev/env'] == request.namespace",
          "'the label ed8k.dev/env must be the environment\\'s name: ' + request.namespace",
        ],
      ],
    });
  });

  it("take no Service that is reached from outside", () => {
    assert.deepEqual(told(servicesPolicy()), {
      resources: { "": ["services"] },
      variables: {
        outside: "has(object.spec.externalName) ? object.spec.externalName : ''",
        own: "['.svc', '.svc.', '.svc.cluster.local', '.svc.cluster.local.'].map(end, '.' + request.namespace + end)",
      },
      validations: [
        [
          "!(object.spec.type in ['LoadBalancer', 'NodePort'])",
          "'a Service of type ' + object.spec.type + ' is not allowed in an environment; use ClusterIP and a route'",
        ],
        [
          "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0",
          "'externalIPs are not allowed in an environment'",
        ],
        [
          "object.spec.type != 'ExternalName' || !variables.outside.matches(r'(^|[.])(svc|pod|local|internal)([.]|$)|^[0-9.]+$|:') || variables.own.exists(end, variables.outside.endsWith(end))",
          "'a Service stands for one of the environment or for a host of the internet, not for ' + variables.outside",
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
          "((has(variables.pod.containers) ? variables.pod.containers : []) + (has(variables.pod.initContainers) ? variables.pod.initContainers : []) + (has(variables.pod.ephemeralContainers) ? variables.pod.ephemeralContainers : [])).filter(container, has(container.image)).map(container, container.image) + " +
          "(has(variables.pod.volumes) ? variables.pod.volumes.filter(volume, has(volume.image) && has(volume.image.reference)).map(volume, volume.image.reference) : [])",
      },
      validations: [
        [
          "!has(variables.pod.volumes) || variables.pod.volumes.all(volume, !has(volume.hostPath))",
          "'hostPath volumes are not allowed in an environment: they reach into the node'",
        ],
        [
          "object.kind == 'Pod' || !has(variables.pod.priorityClassName) || variables.pod.priorityClassName in ['', 'ed8k-data', 'ed8k-dev', 'ed8k-preview']",
          "'a priority class in an environment is one of ed8k-data, ed8k-dev, ed8k-preview, not ' + variables.pod.priorityClassName",
        ],
        [
          "object.kind != 'Pod' || !has(object.spec.priority) || object.spec.priority <= 10000",
          "'a priority class in an environment is one of ed8k-data, ed8k-dev, ed8k-preview'",
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
          "object.kind == 'Ingress' ? (has(object.spec.rules) ? object.spec.rules.map(rule, has(rule.host) ? rule.host : '') : []) : (has(object.spec.hostnames) && object.spec.hostnames.size() > 0 ? object.spec.hostnames : [''])",
        adding:
          "has(object.metadata.annotations) ? object.metadata.annotations.map(key, key).filter(key, key.matches(r'(/server-alias|-snippet|/from-to-www-redirect|^external-dns[.].*hostname)$')) : []",
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
        [
          "variables.adding.size() == 0",
          "'annotations that add hosts or settings of the gateway are not allowed: ' + variables.adding.join(', ')",
        ],
      ],
    });
  });

  it("take images from the registries that are allowed, and name those that are not", () => {
    const [, , , images, ...others] = told(podsPolicy(["docker.io/library/", "ghcr.io/it's"])).validations;
    // A prefix without a slash at its end must not let in ghcr.io/it's-evil.
    const allowed =
      "(image in ['docker.io/library/', 'ghcr.io/it\\'s'] || " +
      "['docker.io/library/', 'ghcr.io/it\\'s/', 'ghcr.io/it\\'s:', 'ghcr.io/it\\'s@'].exists(prefix, image.startsWith(prefix)))";
    assert.deepEqual(images, [
      `variables.images.all(image, ${allowed})`,
      "'images must come from ' + 'docker.io/library/, ghcr.io/it\\'s' + ', but there is ' + " +
        `variables.images.filter(image, !(${allowed})).join(', ')`,
    ]);
    assert.deepEqual(others, []);
  });
});
