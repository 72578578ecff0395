import assert from "node:assert/strict";
import { namespacesPolicy } from "../../../../../cluster/platform/admission/namespaces.js";
import { topicRemovalPolicy } from "../../../../../cluster/platform/admission/topic-removal.js";
import { elsewherePolicy, wallsPolicy } from "../../../../../cluster/platform/admission/walls.js";
import { told } from "./told.js";

const MANAGED = "'ed8k.dev/managed' in variables";

// That the API server acts so is shown end to end (test/e2e/environments/self-service.test.ts).
describe("the policies that keep self-service within bounds", () => {
  it("make environments one's own: name, owner and Pod Security are told by labels [rows 38, 43, 95]", () => {
    const { resources, variables, validations } = told(namespacesPolicy());
    assert.deepEqual(resources, { "": ["namespaces", "namespaces/finalize", "namespaces/status"] });
    assert.equal(variables["ours"], `${MANAGED}.before || ${MANAGED}.after`);
    assert.equal(
      variables["owner"],
      `${MANAGED}.before ? 'ed8k:' + oldObject.metadata.labels['ed8k.dev/owner'].replace('..', '@') : ${MANAGED}.after ? 'ed8k:' + object.metadata.labels['ed8k.dev/owner'].replace('..', '@') : ''`,
    );
    const created = `request.operation != 'CREATE' || !(${MANAGED}.after) || `;
    assert.deepEqual(
      validations.slice(0, 4).map(([expression]) => expression),
      [
        "variables.ours || !('ed8k:developers' in request.userInfo.groups)",
        `${created}'ed8k.dev/managed' in variables.after && variables.after['ed8k.dev/managed'] == 'true' && ` +
          "'ed8k.dev/env' in variables.after && variables.after['ed8k.dev/env'] == object.metadata.name && " +
          "object.metadata.name.size() <= 20 && object.metadata.name.matches('^[a-z][a-z0-9]*(-[a-z0-9]+)*$') && " +
          "!(object.metadata.name in ['default', 'dev', 'cluster', 'platform', 'sandbox', 'all'] || " +
          "['kube-', 'ed8k-'].exists(prefix, object.metadata.name.startsWith(prefix)))",
        `${created}'ed8k.dev/owner' in variables.after && request.userInfo.username == variables.owner`,
        `${created}'pod-security.kubernetes.io/enforce' in variables.after && variables.after['pod-security.kubernetes.io/enforce'] == 'baseline' && ` +
          "!('pod-security.kubernetes.io/enforce-version' in variables.after)",
      ],
    );
  });

  it("leave changes to owner and collaborators, and removal to the owner [row 95]", () => {
    const [who, labels, others, removal, ...more] = told(namespacesPolicy()).validations.slice(4);
    assert.deepEqual(more, []);
    const changed = `request.operation != 'UPDATE' || !(${MANAGED}.before || ${MANAGED}.after) || `;
    assert.equal(
      who?.[0],
      `${changed}((!has(request.subResource) || request.subResource == '') && (request.userInfo.username == variables.owner || ` +
        "variables.listed.exists(person, 'ed8k:' + person == request.userInfo.username)))",
    );
    assert.equal(
      labels?.[1],
      "'labels of an environment that begin with ed8k.dev/ or pod-security.kubernetes.io/ cannot be changed'",
    );
    assert.ok(others?.[0]?.startsWith(`${changed}request.userInfo.username == variables.owner || (has(object`));
    assert.equal(
      removal?.[0],
      `request.operation != 'DELETE' || !(${MANAGED}.before) || request.userInfo.username == variables.owner`,
    );
  });

  it("keep every wall by its name, and the quotas to the sizes", () => {
    const { resources, variables, validations } = told(wallsPolicy(9092));
    assert.deepEqual(resources, {
      "": ["resourcequotas", "limitranges", "endpoints"],
      "networking.k8s.io": ["networkpolicies"],
      "discovery.k8s.io": ["endpointslices"],
      "rbac.authorization.k8s.io": ["roles", "rolebindings"],
    });
    const [accounts, endpoints, quota, network, removal, ...others] = validations.map(([expression]) => expression);
    assert.deepEqual(others, []);
    assert.equal(accounts, "!request.userInfo.groups.exists(group, group == 'system:serviceaccounts')");
    assert.equal(endpoints, "!(variables.kind in ['Endpoints', 'EndpointSlice'])");
    assert.equal(
      quota?.match(/\{[^}]*\}/g)?.[0],
      "{'requests.cpu': '4', 'requests.memory': '12Gi', 'limits.memory': '24Gi', 'requests.storage': '50Gi', " +
        "'persistentvolumeclaims': '8', 'pods': '30', 'services.loadbalancers': '0', 'services.nodeports': '0'}",
    );
    assert.equal(quota?.match(/\{/g)?.length, 3);
    assert.equal(
      network,
      "request.operation == 'DELETE' || variables.kind != 'NetworkPolicy' || " +
        "(object.metadata.name in variables.networks && object.spec == variables.networks[object.metadata.name])",
    );
    assert.match(
      variables["networks"] ?? "",
      /^\{'default-deny': dyn\(\{'podSelector': dyn\(\{\}\), 'policyTypes': dyn\(\['Ingress', 'Egress'\]\)\}\), /,
    );
    assert.equal(
      removal,
      "!(request.operation == 'DELETE' && variables.kind in ['ResourceQuota', 'LimitRange', 'NetworkPolicy'] && request.name in " +
        "['environment', 'containers', 'default-deny', 'same-namespace', 'from-platform', 'to-dns', 'to-kafka', 'to-internet', 'to-pod-identity']) || " +
        "has(namespaceObject.metadata.deletionTimestamp)",
    );
  });

  it("let developers change no wall where no environment is", () => {
    assert.deepEqual(told(elsewherePolicy()), {
      resources: {
        "": ["resourcequotas", "limitranges"],
        "networking.k8s.io": ["networkpolicies"],
        "rbac.authorization.k8s.io": ["roles", "rolebindings"],
      },
      variables: {},
      validations: [
        [
          "false",
          "'the namespace ' + request.namespace + ' is no environment: developers change no ' + request.resource.resource + ' there'",
        ],
      ],
    });
  });

  it("take beside the shared Kafka nothing but the Job that removes the topics of the environment in its name", () => {
    const { resources, validations } = told(topicRemovalPolicy([]));
    assert.deepEqual(resources, { batch: ["jobs"] });
    const [name, command, rest, ...others] = validations.map(([expression]) => expression);
    assert.deepEqual(others, []);
    assert.equal(name, "request.operation != 'UPDATE' && request.name.startsWith('remove-topics-')");
    assert.equal(
      command,
      "request.operation != 'CREATE' || (variables.pod.containers.map(one, one.image) == ['docker.io/apache/kafka:4.1.0'] && " +
        "variables.pod.containers.map(one, one.command) == [dyn(['/opt/kafka/bin/kafka-topics.sh'])] && " +
        "variables.pod.containers[0].args == ['--bootstrap-server', 'kafka.ed8k-shared.svc.cluster.local:9092', '--delete', '--if-exists', '--topic'] + " +
        "['' + object.metadata.name.substring(14) + '\\\\..*'] && object.metadata.name.substring(14).matches('^[a-z][a-z0-9]*(-[a-z0-9]+)*$'))",
    );
    for (const field of ["pod.volumes", "pod.initContainers", "pod.containers[0].env", "pod.containers[0].lifecycle"]) {
      assert.ok(rest?.includes(`!has(variables.${field})`), field);
    }
    assert.match(rest ?? "", /automountServiceAccountToken == false && object\.spec\.parallelism == 1/);
  });
});
