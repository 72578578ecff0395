import type { Logging, LogType } from "@aws-sdk/client-eks";
import type { EksShape } from "./state.js";

const TYPES: readonly LogType[] = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Every kind of log, on or off: EKS always tells all of them. @param before what a change is laid over */
export function allLogging(change: EksShape<Logging> | undefined, before?: EksShape<Logging>): EksShape<Logging> {
  const isOn = (type: LogType): boolean => {
    const last = [...(before?.clusterLogging ?? []), ...(change?.clusterLogging ?? [])].findLast(({ types }) =>
      types?.includes(type),
    );
    return last?.enabled === true;
  };
  const groups = [true, false].map((enabled) => ({ types: TYPES.filter((type) => isOn(type) === enabled), enabled }));
  return { clusterLogging: groups.filter(({ types }) => types.length > 0) };
}
