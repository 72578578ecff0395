"""From messages to the books and to the queue."""

import threading
from typing import TYPE_CHECKING, Sequence

from bos.backoff import backoff_seconds
from bos.faults import Unavailable
from bos.heartbeat import touch
from bos.logs import error_text, log
from bos.message import Message, parse_messages

if TYPE_CHECKING:
    from bos.books import Books
    from bos.tasks import Queue


class Intake:
    def __init__(self, books: "Books", queue: "Queue", heartbeat_file: str) -> None:
        self._books = books
        self._queue = queue
        self._heartbeat_file = heartbeat_file

    def take(self, messages: Sequence[Message], stopping: threading.Event) -> bool:
        """Takes messages into the books, however long the database is away. False: it was told to stop before."""
        told, rejected = parse_messages(messages)
        failures = 0
        while True:
            try:
                new = self._books.receive(told, rejected)
                break
            except Unavailable as error:
                failures += 1
                log.warning("waiting for the database", extra={"failures": failures, "error": error_text(error)})
                touch(self._heartbeat_file)
                if stopping.wait(backoff_seconds(failures)):
                    return False
        if rejected:
            log.warning("messages rejected", extra={"count": len(rejected), "reason": rejected[0][1]})
        if new:
            log.info("deals received", extra={"count": len(new), "first": new[0]})
            self._queue.put(new)
        return True
