import { spawn } from "node:child_process";

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: "open", linux: "xdg-open" };

/** Opens an address in the person's browser; where there is none, the printed address has to do. */
export function openBrowser(url: string): void {
  const opener = OPENERS[process.platform];
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  const hasScreen = process.platform !== "linux" || (DISPLAY ?? WAYLAND_DISPLAY) !== undefined;
  if (opener === undefined || !hasScreen) return;
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
