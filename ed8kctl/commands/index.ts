import type { Command } from "../command.js";
import { clusterBootstrap } from "./cluster/bootstrap.js";
import { clusterCost } from "./cluster/cost.js";
import { clusterDestroy } from "./cluster/destroy.js";
import { clusterKubeconfig } from "./cluster/kubeconfig.js";
import { clusterStatus } from "./cluster/status.js";
import { clusterUp } from "./cluster/up.js";
import { completion } from "./completion.js";
import { cost } from "./cost.js";
import { create } from "./create.js";
import { destroy } from "./destroy.js";
import { diff } from "./diff.js";
import { doctor } from "./doctor.js";
import { forward } from "./forward.js";
import { list } from "./list.js";
import { logs } from "./logs.js";
import { open } from "./open.js";
import { plan } from "./plan.js";
import { proveIsolation } from "./prove-isolation.js";
import { render } from "./render.js";
import { run } from "./run.js";
import { sandboxDown } from "./sandbox/down.js";
import { sandboxEnv } from "./sandbox/env.js";
import { sandboxStatus } from "./sandbox/status.js";
import { sandboxUp } from "./sandbox/up.js";
import { serviceLint } from "./service/lint.js";
import { serviceNew } from "./service/new.js";
import { shell } from "./shell.js";
import { show } from "./show.js";
import { start } from "./start.js";
import { stop } from "./stop.js";
import { use } from "./use.js";

/** Every verb, in the order of the overview. */
export const COMMANDS: readonly Command[] = [
  create,
  list,
  show,
  use,
  open,
  logs,
  shell,
  run,
  forward,
  start,
  stop,
  destroy,
  plan,
  diff,
  render,
  cost,
  doctor,
  proveIsolation,
  serviceNew,
  serviceLint,
  clusterBootstrap,
  clusterUp,
  clusterStatus,
  clusterCost,
  clusterKubeconfig,
  clusterDestroy,
  sandboxUp,
  sandboxStatus,
  sandboxEnv,
  sandboxDown,
  completion,
];
