const INTERVAL_MS = 500;

/**
 * Ends this process when its parent is gone: an engine that was killed cannot end its plugins, and they would stay for
 * ever. (Published plugins do stay.)
 * @param before ends what this process itself has started
 */
export function exitWithParent(before: () => void = () => undefined): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid === parent) return;
    before();
    process.exit(0);
  }, INTERVAL_MS).unref();
}
