import services from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { exitWithParent } from "../providers/plugin/parent.js";
import { announce, createServer } from "../providers/plugin/listen.js";
import { languageMethods } from "./methods.js";
import { Programs } from "./programs.js";

// The engine gives its address as last argument, after flags that newer engines repeat in each request.
const engineAddress = process.argv.at(-1) ?? "";
const programs = new Programs();
const server = createServer();
server.addService(services.LanguageRuntimeService, languageMethods(programs, engineAddress));
exitWithParent(() => programs.stop());
await announce(server);
