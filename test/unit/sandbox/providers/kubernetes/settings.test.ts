import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readAccess, readSettings, refusedSettings } from "../../../../../sandbox/providers/kubernetes/settings.js";
import { timeoutOf } from "../../../../../sandbox/providers/kubernetes/timeouts.js";
import { Secret, Unknown } from "../../../../../sandbox/providers/plugin/values.js";
import { cleanUp, scratchFolder, setEnv } from "../../scratch.js";

const OFF = {
  enableConfigMapMutable: false,
  enableSecretMutable: false,
  enablePatchForce: false,
  upsertExistingObjects: false,
  deleteUnreachable: false,
  skipUpdateUnreachable: false,
  namespace: undefined,
};

const kubeconfig = (server: string): string =>
  JSON.stringify({
    kind: "Config",
    "current-context": "one",
    contexts: ["one", "two"].map((name) => ({ name, context: { cluster: "c", namespace: name } })),
    clusters: [{ name: "c", cluster: { server } }],
  });

describe("the Kubernetes stand-in: settings", () => {
  afterEach(cleanUp);

  it("are off unless set", () => {
    assert.deepEqual(readSettings({}, {}), OFF);
  });

  it("are set by the provider's inputs, as text or as truth, and go before the environment", () => {
    assert.deepEqual(readSettings({ enableSecretMutable: "true", deleteUnreachable: true, namespace: "n" }, {}), {
      ...OFF,
      enableSecretMutable: true,
      deleteUnreachable: true,
      namespace: "n",
    });
    assert.deepEqual(readSettings({ deleteUnreachable: false }, { PULUMI_K8S_DELETE_UNREACHABLE: "true" }), OFF);
  });

  for (const [variable, setting] of [
    ["PULUMI_K8S_ENABLE_CONFIGMAP_MUTABLE", "enableConfigMapMutable"],
    ["PULUMI_K8S_ENABLE_SECRET_MUTABLE", "enableSecretMutable"],
    ["PULUMI_K8S_ENABLE_PATCH_FORCE", "enablePatchForce"],
    ["PULUMI_K8S_UPSERT_EXISTING_OBJECTS", "upsertExistingObjects"],
    ["PULUMI_K8S_DELETE_UNREACHABLE", "deleteUnreachable"],
    ["PULUMI_K8S_SKIP_UPDATE_UNREACHABLE", "skipUpdateUnreachable"],
  ] as const) {
    it(`are set by ${variable}`, () => {
      assert.deepEqual(readSettings({}, { [variable]: "true" }), { ...OFF, [setting]: true });
    });
  }

  it("are refused where the published provider would do what the stand-in cannot", () => {
    const reason =
      "is not supported by the sandbox's Kubernetes provider; leave it out, or install the published plugin";
    assert.deepEqual(
      refusedSettings({ renderYamlToDirectory: "out", enableServerSideApply: "false", namespace: "n" }),
      [
        { property: "renderYamlToDirectory", reason },
        { property: "enableServerSideApply", reason },
      ],
    );
    assert.deepEqual(refusedSettings({ enableServerSideApply: true }), []);
  });

  it("name the cluster: by content, by path, by context, else as kubectl would", () => {
    const file = join(scratchFolder(), "config");
    writeFileSync(file, kubeconfig("https://file"));
    const content = new Secret(kubeconfig("https://content"));
    assert.equal(readAccess({ kubeconfig: content })?.server, "https://content");
    assert.equal(readAccess({ kubeconfig: file })?.server, "https://file");
    assert.equal(readAccess({ kubeconfig: content, context: "two" })?.namespace, "two");
    setEnv({ KUBECONFIG: file });
    assert.equal(readAccess({})?.server, "https://file");
  });

  it("may name a cluster that is not known yet", () => {
    assert.equal(readAccess({ kubeconfig: Unknown.value }), undefined);
    assert.equal(readAccess({ kubeconfig: kubeconfig("https://a"), context: new Secret(Unknown.value) }), undefined);
  });

  it("that name no file are a fault", () => {
    assert.throws(() => readAccess({ kubeconfig: "/no/such/file" }), {
      name: "UserError",
      message: "The provider's kubeconfig names the file /no/such/file, which cannot be read",
    });
  });

  for (const [what, custom, annotated, seconds] of [
    ["by customTimeouts", 7, "9", 7],
    ["by the annotation", 0, "9", 9],
    ["ten minutes", 0, undefined, 600],
    ["ten minutes where the annotation is none", 0, "soon", 600],
  ] as const) {
    it(`tell how long to wait: ${what}`, () => {
      const annotations = annotated === undefined ? {} : { "pulumi.com/timeoutSeconds": annotated };
      assert.equal(timeoutOf(custom, { metadata: { annotations } }), seconds);
    });
  }
});
