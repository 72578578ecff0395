import { serve } from "../plugin/server.js";
import { createAwsProvider } from "./provider.js";

// The engine shows what plugins write to stderr, in every run; which Node.js is used is said by package.json.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";

await serve(createAwsProvider(), process.argv[2]);
