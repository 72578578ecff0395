import { serve } from "../plugin/server.js";
import { createRandomProvider } from "./provider.js";

await serve(createRandomProvider(), process.argv[2]);
