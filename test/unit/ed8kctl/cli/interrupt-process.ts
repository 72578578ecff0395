import { setTimeout as pause } from "node:timers/promises";
import { interruptible } from "../../../../ed8kctl/cli/interrupt.js";

/** A verb that takes 300 ms to end in good order, and for ever where it is not interrupted. */
const { signal, stop } = interruptible();
const forEver = setInterval(() => undefined, 1000);
process.stdout.write("begun\n");
signal.addEventListener("abort", () => {
  process.stdout.write("ending\n");
  void pause(300).then(() => {
    process.stdout.write("ended\n");
    clearInterval(forEver);
    stop();
  });
});
