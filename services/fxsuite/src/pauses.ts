/** Waits that a stop ends at once. */
export interface Pauses {
  /** Resolves after the time, or earlier when stopped; with `wakeable` also when woken. */
  pause(milliseconds: number, options?: { readonly wakeable?: boolean }): Promise<void>;
  wake(): void;
  stop(): void;
  readonly stopped: boolean;
}

/** A wake that nobody waits for ends the next wakeable pause, so that none is lost. */
export function createPauses(): Pauses {
  let stopped = false;
  let woken = false;
  let end: (() => void) | undefined;
  let endWakeable: (() => void) | undefined;
  return {
    pause(milliseconds, { wakeable = false } = {}) {
      if (stopped || (wakeable && woken)) {
        woken = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          end = endWakeable = undefined;
          if (wakeable) woken = false;
          resolve();
        };
        const timer = setTimeout(done, milliseconds);
        end = done;
        if (wakeable) endWakeable = done;
      });
    },
    wake() {
      woken = true;
      endWakeable?.();
    },
    stop() {
      stopped = true;
      end?.();
    },
    get stopped() {
      return stopped;
    },
  };
}
