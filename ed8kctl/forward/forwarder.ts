import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { LOOPBACK } from "./listen.js";
import type { OpenTunnel, Tunnel } from "./tunnel.js";
import type { Way } from "./ways.js";

/** Who is told what becomes of the way to a Service. */
export interface Listener {
  /** There is a way: to another pod than before, or again. */
  readonly onWay: (way: Way) => void;
  /** The pod is gone, and there is no other. */
  readonly onNoWay: () => void;
  /** The tunnel ended by itself; `why` in kubectl's words, empty when it says nothing. */
  readonly onCut: (way: Way, why: string) => void;
  /** It does not lead anywhere now; `isFatal` when it never did, and the pod that refuses is ready all the same. */
  readonly onFault: (error: Error, isFatal: boolean) => void;
}

interface Current {
  readonly way: Way;
  readonly tunnel: Tunnel;
  /** Connections that go through it. */
  readonly sockets: Set<net.Socket>;
}

/** So long a connection waits for a pod, and a tunnel that failed for the next try, in milliseconds. */
const PATIENCE_MS = 30_000;
const RETRY_MS = 500;

/** Leads each connection to a pod that is ready now; when that one goes, to another, or to its successor. */
export class Forwarder {
  readonly #open: OpenTunnel;
  readonly #listener: Listener;
  readonly #signal: AbortSignal;
  readonly #patienceMs: number;
  readonly #sockets = new Set<net.Socket>();
  readonly #tunnels = new Set<Tunnel>();
  #ways: readonly Way[] = [];
  #current: Current | undefined;
  #opening: Promise<void> | undefined;
  #waiting: (() => void)[] = [];
  #hasWorked = false;
  /** To where the last tunnel could not be opened. */
  #failed: Way | undefined;
  #wasCut = false;

  constructor(
    open: OpenTunnel,
    listener: Listener,
    { signal, patienceMs = PATIENCE_MS }: { readonly signal: AbortSignal; readonly patienceMs?: number },
  ) {
    this.#open = open;
    this.#listener = listener;
    this.#signal = signal;
    this.#patienceMs = patienceMs;
    signal.addEventListener("abort", () => this.#stop(), { once: true });
  }

  /** Told each time that the ready pods change. */
  setWays(ways: readonly Way[]): void {
    const had = this.#ways.length > 0;
    this.#ways = ways;
    const current = this.#current;
    if (current !== undefined && !ways.some((one) => isSame(one, current.way))) this.#retire(current);
    if (ways.length === 0 && had) this.#listener.onNoWay();
    this.#ensure();
  }

  /** Takes a connection, and leads it on as soon as there is a way. */
  async take(socket: net.Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    // Whoever hangs up in the middle ends this connection and nothing else.
    socket.on("error", () => undefined);
    const deadline = Date.now() + this.#patienceMs;
    while (!socket.destroyed && !this.#signal.aborted) {
      const current = await this.#next(deadline - Date.now());
      if (current === undefined) break;
      const upstream = await connectTo(current.tunnel.port);
      if (upstream !== undefined) return this.#join(socket, upstream, current);
      this.#drop(current, "");
    }
    socket.destroy();
  }

  /** The present tunnel, or the next; `undefined` when there is none in time. */
  async #next(patienceMs: number): Promise<Current | undefined> {
    this.#ensure();
    if (this.#current === undefined && patienceMs > 0) {
      await new Promise<void>((done) => {
        const timer = setTimeout(done, patienceMs);
        this.#waiting.push(() => {
          clearTimeout(timer);
          done();
        });
      });
    }
    return this.#current;
  }

  /** Begins to open a tunnel where there is none and could be one. */
  #ensure(): void {
    const [way] = this.#ways;
    if (way === undefined || this.#current !== undefined || this.#opening !== undefined || this.#signal.aborted) return;
    this.#opening = this.#openTo(way).finally(() => {
      this.#opening = undefined;
      this.#ensure();
    });
  }

  async #openTo(way: Way): Promise<void> {
    try {
      // A container that has just died still counts as ready: until its successor listens, connections had better wait.
      if (this.#wasCut) await pause(RETRY_MS, undefined, { signal: this.#signal });
      this.#wasCut = false;
      const tunnel = await this.#open(way);
      const current = { way, tunnel, sockets: new Set<net.Socket>() };
      // The pod may have gone while the tunnel was opened.
      if (this.#signal.aborted || !this.#ways.some((one) => isSame(one, way))) return tunnel.close();
      this.#tunnels.add(tunnel);
      void tunnel.ended.then((why) => this.#drop(current, why));
      this.#current = current;
      this.#hasWorked = true;
      this.#listener.onWay(way);
      this.#wake();
    } catch (error) {
      if (this.#signal.aborted) return;
      this.#tellFault(way, error instanceof Error ? error : new Error(String(error)));
      await pause(RETRY_MS, undefined, { signal: this.#signal }).catch(() => undefined);
    }
  }

  /** Before anything has worked, a pod may just have gone: it is asked twice before that is a fault. */
  #tellFault(way: Way, error: Error): void {
    const again = this.#failed !== undefined && isSame(this.#failed, way);
    this.#failed = way;
    if (this.#hasWorked) this.#listener.onFault(error, false);
    else if (again && this.#ways.some((one) => isSame(one, way))) this.#listener.onFault(error, true);
  }

  /** The pod is not ready any more; connections that it still serves go on. */
  #retire(current: Current): void {
    this.#current = undefined;
    if (current.sockets.size === 0) current.tunnel.close();
  }

  #drop(current: Current, why: string): void {
    current.tunnel.close();
    this.#tunnels.delete(current.tunnel);
    if (this.#current !== current) return;
    this.#current = undefined;
    this.#wasCut = true;
    if (!this.#signal.aborted) this.#listener.onCut(current.way, why);
    this.#ensure();
  }

  /** Each direction ends by itself; an error ends both. */
  #join(one: net.Socket, other: net.Socket, through: Current): void {
    through.sockets.add(other);
    other.on("error", () => undefined);
    one.once("close", () => other.destroy());
    other.once("close", () => {
      one.destroy();
      through.sockets.delete(other);
      if (this.#current !== through && through.sockets.size === 0) through.tunnel.close();
    });
    one.pipe(other);
    other.pipe(one);
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const done of waiting) done();
  }

  #stop(): void {
    for (const tunnel of this.#tunnels) tunnel.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#wake();
  }
}

function isSame(one: Way, other: Way): boolean {
  return one.pod === other.pod && one.port === other.port;
}

/** `undefined` when nothing listens there. */
function connectTo(port: number): Promise<net.Socket | undefined> {
  return new Promise((done) => {
    const socket = net.connect({ port, host: LOOPBACK, allowHalfOpen: true, noDelay: true });
    socket.once("error", () => done(undefined));
    socket.once("connect", () => done(socket));
  });
}
