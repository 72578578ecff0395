import { serve } from "../plugin/server.js";
import { createKubernetesProvider } from "./provider.js";

await serve(createKubernetesProvider(), process.argv[2]);
