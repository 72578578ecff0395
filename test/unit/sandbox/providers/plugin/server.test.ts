import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import statuses from "@pulumi/pulumi/proto/status_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { UserError } from "../../../../../errors.js";
import { configurationMethods } from "../../../../../sandbox/providers/plugin/configuration-methods.js";
import { createServer } from "../../../../../sandbox/providers/plugin/listen.js";
import { SILENT } from "../../../../../sandbox/providers/plugin/log.js";
import { InitializationError, type Provider } from "../../../../../sandbox/providers/plugin/provider.js";
import { resourceMethods } from "../../../../../sandbox/providers/plugin/resource-methods.js";
import { fromStruct, Secret, toStruct } from "../../../../../sandbox/providers/plugin/values.js";

const URN = "urn:pulumi:alice::ed8k::ed8k:environments:Environment$kubernetes:apps/v1:Deployment::web::1";

/** Echoes each call; `calls` keeps them. */
function echo(calls: unknown[]): Provider {
  const keep = <T>(call: unknown, answer: T): Promise<T> => {
    calls.push(call);
    return Promise.resolve(answer);
  };
  return {
    name: "echo",
    version: "1.2.3",
    checkConfig: (inputs) => ({ inputs, failures: [{ property: "p", reason: "is wrong" }] }),
    diffConfig: () => ({ changes: new Map([["a.b", { kind: "update", replace: true }]]), deleteBeforeReplace: true }),
    configure: (inputs) => void calls.push(inputs),
    invoke: (token, args) => keep({ token, args }, { made: new Secret("s") }),
    check: (call) => keep(call, { inputs: call.inputs, failures: [] }),
    diff: (call) => keep(call, { changes: new Map(), deleteBeforeReplace: false }),
    create: (call) => keep(call, { id: "ns/web", state: { k: 1 } }),
    read: (call) => keep(call, call.id === "gone" ? undefined : { id: call.id, inputs: { a: 1 }, state: { b: 2 } }),
    update: (call) => keep(call, { k: 2 }),
    delete: (call) => keep(call, undefined),
    cancel: () => void calls.push("cancel"),
  };
}

describe("the plugin protocol", () => {
  let server: grpc.Server;
  let client: services.ResourceProviderClient;
  const calls: unknown[] = [];
  let provider: Provider;

  beforeEach(async () => {
    calls.length = 0;
    provider = echo(calls);
    server = createServer();
    server.addService(services.ResourceProviderService, {
      ...configurationMethods(provider, SILENT),
      ...resourceMethods(provider),
    });
    const port = await new Promise<number>((done, fail) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? fail(error) : done(bound)));
    });
    client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterEach(() => {
    client.close();
    server.forceShutdown();
  });

  function answer<T>(send: (done: (error: grpc.ServiceError | null, value: T) => void) => unknown): Promise<T> {
    return new Promise((done, fail) => {
      send((error, value) => (error ? fail(error) : done(value)));
    });
  }

  it("says who it is and what it can", async () => {
    const info = await answer<{ getVersion(): string }>((done) => client.getPluginInfo(new empties.Empty(), done));
    assert.equal(info.getVersion(), "1.2.3");
    const request = new messages.ConfigureRequest();
    request.setArgs(toStruct({ kubeconfig: new Secret("k") }));
    const configured = await answer<messages.ConfigureResponse>((done) => client.configure(request, done));
    assert.deepEqual([configured.getAcceptsecrets(), configured.getSupportspreview()], [true, true]);
    assert.deepEqual(calls, [{ kubeconfig: new Secret("k") }]);
  });

  it("gives what a resource is called from its URN: the last type, and a name that may hold colons", async () => {
    const request = new messages.CheckRequest();
    request.setUrn(URN);
    request.setNews(toStruct({ a: 1 }));
    request.setRandomseed(Buffer.from([1, 2]));
    await answer((done) => client.check(request, done));
    assert.deepEqual(calls, [
      {
        urn: URN,
        type: "kubernetes:apps/v1:Deployment",
        name: "web::1",
        oldInputs: undefined,
        inputs: { a: 1 },
        seed: Uint8Array.from([1, 2]),
      },
    ]);
  });

  it("creates: in a preview the id stays open", async () => {
    const request = new messages.CreateRequest();
    request.setUrn(URN);
    request.setTimeout(7);
    const made = await answer<messages.CreateResponse>((done) => client.create(request, done));
    request.setPreview(true);
    const previewed = await answer<messages.CreateResponse>((done) => client.create(request, done));
    assert.deepEqual([made.getId(), fromStruct(made.getProperties())], ["ns/web", { k: 1 }]);
    assert.equal(previewed.getId(), "");
    assert.equal((calls[0] as { timeoutSeconds: number }).timeoutSeconds, 7);
  });

  it("hands old and new inputs, state and ignored paths to diff and update", async () => {
    const request = new messages.UpdateRequest();
    request.setUrn(URN);
    request.setId("i");
    request.setOldInputs(toStruct({ a: 1 }));
    request.setOlds(toStruct({ b: 2 }));
    request.setNews(toStruct({ a: 3 }));
    request.setIgnorechangesList(["x.y"]);
    const updated = await answer<messages.UpdateResponse>((done) => client.update(request, done));
    assert.deepEqual(fromStruct(updated.getProperties()), { k: 2 });
    const { oldInputs, state, inputs, ignoreChanges, id } = calls[0] as Record<string, unknown>;
    assert.deepEqual(
      { oldInputs, state, inputs, ignoreChanges, id },
      { oldInputs: { a: 1 }, state: { b: 2 }, inputs: { a: 3 }, ignoreChanges: ["x.y"], id: "i" },
    );
  });

  it("reads: an empty id says that it is gone", async () => {
    const read = async (id: string): Promise<messages.ReadResponse> => {
      const request = new messages.ReadRequest();
      request.setUrn(URN);
      request.setId(id);
      return answer((done) => client.read(request, done));
    };
    const [there, gone] = [await read("there"), await read("gone")];
    assert.deepEqual(
      [there.getId(), fromStruct(there.getInputs()), fromStruct(there.getProperties())],
      ["there", { a: 1 }, { b: 2 }],
    );
    assert.equal(gone.getId(), "");
  });

  it("deletes, invokes and cancels", async () => {
    const removal = new messages.DeleteRequest();
    removal.setUrn(URN);
    removal.setId("i");
    await answer((done) => client.delete(removal, done));
    const invocation = new messages.InvokeRequest();
    invocation.setTok("echo:index:f");
    const invoked = await answer<messages.InvokeResponse>((done) => client.invoke(invocation, done));
    await answer((done) => client.cancel(new empties.Empty(), done));
    assert.deepEqual(fromStruct(invoked.getReturn()), { made: new Secret("s") });
    assert.deepEqual(calls.slice(1), [{ token: "echo:index:f", args: {} }, "cancel"]);
  });

  it("tells what differs path by path, and what that replaces", async () => {
    const diff = await answer<messages.DiffResponse>((done) => client.diffConfig(new messages.DiffRequest(), done));
    const { DIFF_SOME, DIFF_NONE } = messages.DiffResponse.DiffChanges;
    assert.equal(diff.getChanges(), DIFF_SOME);
    assert.equal(diff.getDeletebeforereplace(), true);
    assert.deepEqual([diff.getDiffsList(), diff.getReplacesList()], [["a"], ["a.b"]]);
    const detail = diff.getDetaileddiffMap().get("a.b");
    assert.deepEqual([detail?.getKind(), detail?.getInputdiff()], [messages.PropertyDiff.Kind.UPDATE_REPLACE, true]);
    const same = await answer<messages.DiffResponse>((done) => client.diff(new messages.DiffRequest(), done));
    assert.deepEqual([same.getChanges(), same.getDiffsList()], [DIFF_NONE, []]);
  });

  it("tells what a check has found", async () => {
    const checked = await answer<messages.CheckResponse>((done) =>
      client.checkConfig(new messages.CheckRequest(), done),
    );
    assert.deepEqual(
      checked.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]),
      [["p", "is wrong"]],
    );
  });

  for (const [what, thrown, details] of [
    ["an error", new Error("it broke"), "it broke"],
    [
      "a fault of the user, with what to do",
      new UserError("no cluster", { hint: "make one" }),
      "no cluster. make one.",
    ],
  ] as const) {
    it(`tells ${what}`, async () => {
      provider.create = () => Promise.reject(thrown);
      const call = answer((done) => client.create(new messages.CreateRequest(), done));
      await assert.rejects(call, { code: grpc.status.UNKNOWN, details });
    });
  }

  it("takes what is thrown at once the same way", async () => {
    provider.delete = () => {
      throw new Error("at once");
    };
    await assert.rejects(
      answer((done) => client.delete(new messages.DeleteRequest(), done)),
      { details: "at once" },
    );
  });

  it("says of what was made but did not become ready what it is, so that the engine keeps it", async () => {
    const kept = { id: "ns/web", state: { k: new Secret("v") }, reasons: ["pod x"] };
    provider.create = () => Promise.reject(new InitializationError("not ready", kept));
    const error = await answer((done) => client.create(new messages.CreateRequest(), done)).catch((e: unknown) => e);
    const { details, metadata } = error as grpc.ServiceError;
    assert.equal(details, "not ready");
    const [binary] = metadata.get("grpc-status-details-bin");
    const [any] = statuses.Status.deserializeBinary(binary as Buffer).getDetailsList();
    assert.equal(any?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
    const failed = messages.ErrorResourceInitFailed.deserializeBinary(any.getValue_asU8());
    assert.deepEqual(
      [failed.getId(), fromStruct(failed.getProperties()), failed.getReasonsList()],
      ["ns/web", { k: new Secret("v") }, ["not ready", "pod x"]],
    );
  });
});
