import assert from "node:assert/strict";
import * as grpc from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import { languageMethods } from "../../../../sandbox/language-host/methods.js";
import { type ProgramCall, Programs } from "../../../../sandbox/language-host/programs.js";
import { createServer } from "../../../../sandbox/providers/plugin/listen.js";
import { toStruct } from "../../../../sandbox/providers/plugin/values.js";

/** Runs nothing: keeps the call and ends with a code. */
class NoPrograms extends Programs {
  readonly calls: ProgramCall[] = [];
  code = 0;

  override run(call: ProgramCall): Promise<number> {
    this.calls.push(call);
    return Promise.resolve(this.code);
  }
}

describe("the language host", () => {
  let server: grpc.Server;
  let client: services.LanguageRuntimeClient;
  let programs: NoPrograms;

  beforeEach(async () => {
    programs = new NoPrograms();
    server = createServer();
    server.addService(services.LanguageRuntimeService, languageMethods(programs, "127.0.0.1:9"));
    const port = await new Promise<number>((done, fail) => {
      const credentials = grpc.ServerCredentials.createInsecure();
      server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error ? fail(error) : done(bound)));
    });
    client = new services.LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterEach(() => {
    client.close();
    server.forceShutdown();
  });

  function run(request = new messages.RunRequest()): Promise<messages.RunResponse> {
    return new Promise((done, fail) => {
      client.run(request, (error, response) => (error ? fail(error) : done(response)));
    });
  }

  for (const [code, error, bail] of [
    [0, "", false],
    [32, "", true],
    [1, "Program exited with non-zero exit code: 1", false],
  ] as const) {
    it(`tells an exit code of ${code}${bail ? ": the program has told its error itself" : ""}`, async () => {
      programs.code = code;
      const response = await run();
      assert.deepEqual([response.getError(), response.getBail()], [error, bail]);
    });
  }

  it("gives the program what the engine asks for", async () => {
    const info = new messages.ProgramInfo();
    info.setRootDirectory("/p");
    info.setEntryPoint("index.ts");
    info.setOptions(toStruct({ typescript: false, nodeargs: "--import tsx" }));
    const request = new messages.RunRequest();
    request.setInfo(info);
    request.setPwd("/p");
    request.setProject("ed8k");
    request.setStack("alice");
    request.setMonitorAddress("127.0.0.1:8");
    request.setDryrun(true);
    request.setParallel(4);
    request.setArgsList(["a"]);
    request.getConfigMap().set("ed8k:size", "s");
    request.setConfigsecretkeysList(["ed8k:token"]);
    await run(request);
    assert.deepEqual(programs.calls, [
      {
        monitorAddress: "127.0.0.1:8",
        engineAddress: "127.0.0.1:9",
        organization: "",
        project: "ed8k",
        stack: "alice",
        folder: "/p",
        rootFolder: "/p",
        entryPoint: "index.ts",
        dryRun: true,
        parallel: 4,
        args: ["a"],
        config: { "ed8k:size": "s" },
        configSecretKeys: ["ed8k:token"],
        nodeArgs: "--import tsx",
        typescript: false,
        tsconfig: "",
      },
    ]);
  });

  it("says that TypeScript is on unless the project switches it off, as text or as truth", async () => {
    const info = new messages.ProgramInfo();
    const request = new messages.RunRequest();
    request.setInfo(info);
    for (const options of [{}, { typescript: true }, { typescript: "false" }]) {
      info.setOptions(toStruct(options));
      await run(request);
    }
    assert.deepEqual(
      programs.calls.map(({ typescript }) => typescript),
      [true, true, false],
    );
  });
});
