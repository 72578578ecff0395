import { chmod, mkdir, rm, stat } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { KubeClient } from "../../kube/client.js";
import { isAlreadyExists, isConflict, isNotFound } from "../../kube/errors.js";
import { type Background, faultsTo, type Log } from "./background.js";
import { follow } from "./follow.js";
import { planVolumes, type Released, type VolumePlace, type Wanted } from "./volumes/plan.js";

export interface VolumesOptions extends VolumePlace {
  readonly client: () => KubeClient;
  readonly log: Log;
  /** Before what has failed is tried again, in milliseconds. @default 1000 */
  readonly retryMs?: number;
}

/**
 * Makes a folder and a volume for each claim of pods on a real node, and removes both when the claim is gone; the part
 * that a CSI driver has on EKS. Nothing is remembered: all is decided from what there is.
 */
export function startVolumes({ client, log, retryMs = 1000, ...place }: VolumesOptions): Promise<Background> {
  const end = new AbortController();
  const faults = faultsTo(log, "volumes");
  let isDue = true;
  let wake = (): void => undefined;
  const onChange = (): void => {
    isDue = true;
    wake();
  };
  const options = { client, log, onChange, job: "volumes" };
  const claims = follow({ apiVersion: "v1", kind: "PersistentVolumeClaim" }, options);
  const volumes = follow({ apiVersion: "v1", kind: "PersistentVolume" }, options);
  const run = async (): Promise<void> => {
    while (!end.signal.aborted) {
      if (!isDue) await new Promise<void>((done) => (wake = done));
      if (end.signal.aborted) return;
      isDue = false;
      const plan = planVolumes({ ...place, claims: claims.objects.values(), volumes: volumes.objects.values() });
      const problems = [...plan.faults, ...(await failures(client, plan))];
      if (problems.length === 0) faults.over();
      else faults.met(problems.join("; "));
      if (problems.length === plan.faults.length) continue;
      isDue = true;
      await pause(retryMs, undefined, { signal: end.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return Promise.resolve({
    async stop() {
      end.abort();
      await Promise.all([claims.stop(), volumes.stop()]);
      onChange();
      await running;
    },
  });
}

/** Does what is to be done; what fails holds up nothing else. */
async function failures(
  client: () => KubeClient,
  { make, remove }: ReturnType<typeof planVolumes>,
): Promise<readonly string[]> {
  const work = [
    ...make.map((wanted) => ({
      what: `${wanted.manifest.metadata.name} cannot be made`,
      done: makeVolume(client, wanted),
    })),
    ...remove.map((released) => ({ what: `${released.name} cannot be removed`, done: removeVolume(client, released) })),
  ];
  const told = await Promise.all(
    work.map(({ what, done }) =>
      done.then(
        () => [],
        (error: unknown) => [`${what}: ${(error as Error).message}`],
      ),
    ),
  );
  return told.flat();
}

const FOR_ALL = 0o777;

/** The folder comes first: a volume that is there can be mounted at once. */
async function makeVolume(client: () => KubeClient, { folder, manifest }: Wanted): Promise<void> {
  await mkdir(folder, { recursive: true });
  // For any user, as containers run as any; whoever is outside does not come past the sandbox's own folder. Not twice: it
  // would take off what kubelet has set for the group of a pod.
  if (((await stat(folder)).mode & FOR_ALL) !== FOR_ALL) await chmod(folder, FOR_ALL);
  try {
    await client().create(manifest);
  } catch (error) {
    if (!isAlreadyExists(error)) throw error;
  }
}

/** The volume goes last: as long as it is there, what is left is found. */
async function removeVolume(client: () => KubeClient, { folder, name, uid }: Released): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  try {
    await client().delete({ apiVersion: "v1", kind: "PersistentVolume", name }, { preconditions: { uid } });
  } catch (error) {
    // Gone, or another of the name: in neither case is there anything left to do.
    if (!isNotFound(error) && !isConflict(error)) throw error;
  }
}
