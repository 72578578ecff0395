import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type { RunRequest } from "@pulumi/pulumi/proto/language_pb.js";
import messages from "@pulumi/pulumi/proto/language_pb.js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import empties from "google-protobuf/google/protobuf/empty_pb.js";
import { VERSIONS } from "../../versions.js";
import { unary } from "../providers/plugin/calls.js";
import { fromStruct, reveal, type ValueMap } from "../providers/plugin/values.js";
import type { ProgramCall, Programs } from "./programs.js";

/** What the engine asks of a language host to run a program; gRPC answers the rest as unimplemented. */
type Methods = Pick<
  ILanguageRuntimeServer,
  "handshake" | "getRequiredPlugins" | "getRequiredPackages" | "getPluginInfo" | "about" | "run" | "cancel"
>;

export function languageMethods(programs: Programs, engineAddress: string): Methods {
  return {
    handshake: unary(() => new messages.LanguageHandshakeResponse()),
    // Which plugins a program needs is found out when it registers its first resource.
    getRequiredPlugins: unary(() => new messages.GetRequiredPluginsResponse()),
    getRequiredPackages: unary(() => new messages.GetRequiredPackagesResponse()),
    getPluginInfo: unary(() => {
      const info = new plugins.PluginInfo();
      info.setVersion(VERSIONS.pulumi);
      return info;
    }),
    about: unary(() => {
      const about = new messages.AboutResponse();
      about.setExecutable(process.execPath);
      about.setVersion(process.version);
      return about;
    }),
    run: unary((request: RunRequest) => run(programs, request, engineAddress)),
    cancel: unary(() => {
      programs.stop();
      return new empties.Empty();
    }),
  };
}

/** `cmd/run` of `@pulumi/pulumi` ends so after it has told the error itself. */
const ERROR_WAS_TOLD = 32;

async function run(programs: Programs, request: RunRequest, engineAddress: string): Promise<messages.RunResponse> {
  const code = await programs.run(programCall(request, engineAddress));
  const response = new messages.RunResponse();
  if (code === ERROR_WAS_TOLD) response.setBail(true);
  else if (code !== 0) response.setError(`Program exited with non-zero exit code: ${code}`);
  return response;
}

function programCall(request: RunRequest, engineAddress: string): ProgramCall {
  const info = request.getInfo();
  const options = fromStruct(info?.getOptions());
  return {
    monitorAddress: request.getMonitorAddress(),
    engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    stack: request.getStack(),
    folder: request.getPwd(),
    rootFolder: info?.getRootDirectory() ?? request.getPwd(),
    entryPoint: info?.getEntryPoint() ?? request.getProgram(),
    dryRun: request.getDryrun(),
    parallel: request.getParallel(),
    args: request.getArgsList(),
    config: Object.fromEntries(request.getConfigMap().toArray()),
    configSecretKeys: request.getConfigsecretkeysList(),
    nodeArgs: textOption(options, "nodeargs"),
    typescript: reveal(options["typescript"]) !== false && textOption(options, "typescript") !== "false",
    tsconfig: textOption(options, "tsconfig"),
  };
}

function textOption(options: ValueMap, name: string): string {
  const value = reveal(options[name]);
  return typeof value === "string" ? value : "";
}
