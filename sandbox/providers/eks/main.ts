import { main } from "@pulumi/pulumi/provider/index.js";
import { exitWithParent } from "../plugin/parent.js";
import { createEksProvider } from "./provider.js";

exitWithParent();
await main(createEksProvider(), process.argv.slice(2));
