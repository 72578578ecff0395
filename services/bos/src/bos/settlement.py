"""Settles a deal."""

from typing import TYPE_CHECKING

from bos.faults import Unavailable
from bos.logs import error_text, log

if TYPE_CHECKING:
    from bos.books import Books
    from bos.recent import Recent
    from bos.settings import Settings


class Settlement:
    def __init__(self, books: "Books", recent: "Recent", settings: "Settings") -> None:
        self._books = books
        self._recent = recent
        self._limit = settings.settlement_limit

    def settle(self, id: str) -> None:
        """Settles a deal once, however often it is asked for."""
        try:
            done = self._books.settle(id, self._limit)
        except Unavailable as error:
            # The deal stays received: the sweeper queues it again.
            log.warning("not settled yet", extra={"id": id, "error": error_text(error)})
            return
        if done is None:
            log.debug("nothing to settle", extra={"id": id})
            return
        status, reason = done
        log.info(f"deal {status}", extra={"id": id, **({} if reason is None else {"reason": reason})})
        self._recent.add(id)
