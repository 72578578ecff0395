import { stackProgram } from "./program.js";

const outputs = await stackProgram(import.meta.dirname);

/** Of a cluster stack: what environments need to know of it. */
export const cluster = outputs["cluster"];
/** Of an environment's stack: its hosts and services. */
export const environment = outputs["environment"];
