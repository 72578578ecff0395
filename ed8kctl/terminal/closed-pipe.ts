/**
 * Lets the verb go on when nobody reads a stream any more: `ed8kctl create alice 2>&1 | head -1` makes alice all the
 * same, and a closed terminal must not cut an update short. What is written from then on is lost.
 */
export function outliveReader(stream: NodeJS.EventEmitter): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (!isReaderGone(error)) throw error;
  });
}

/** True for what writing to a closed pipe (EPIPE) or to a terminal that is gone (EIO) fails with. */
export function isReaderGone(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error?.code === "EPIPE" || error?.code === "EIO";
}
