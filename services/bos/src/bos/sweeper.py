"""Heals what a queue in memory loses: tasks of a Redis or a worker that was killed."""

import time
from typing import TYPE_CHECKING, Callable

from bos.faults import Unavailable
from bos.logs import error_text, log

if TYPE_CHECKING:
    from bos.books import Books
    from bos.tasks import Queue

_EVERY_SECONDS = 2.0
# Longer than a worker takes for the tasks that it has in hand.
_STALE_SECONDS = 5.0


class Sweeper:
    """Queues deals again that stay `received`: a second task for one deal does nothing."""

    def __init__(self, books: "Books", queue: "Queue", clock: "Callable[[], float]" = time.monotonic) -> None:
        self._books = books
        self._queue = queue
        self._clock = clock
        self._next = clock()

    def sweep(self) -> None:
        """Does nothing when it is called again too soon."""
        if self._clock() < self._next:
            return
        self._next = self._clock() + _EVERY_SECONDS
        # While tasks wait, those of stale deals are likely among them: to add more would only lengthen the queue.
        if self._queue.waiting() != 0:
            return
        try:
            ids = self._books.stale(_STALE_SECONDS)
        except Unavailable as error:
            log.warning("cannot sweep", extra={"error": error_text(error)})
            return
        if ids:
            log.info("deals queued again", extra={"count": len(ids)})
            self._queue.put(ids)
