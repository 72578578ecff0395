"""PostgreSQL: a connection for each thread, made when needed and again after it broke."""

import select
import threading
import time
from contextlib import contextmanager
from typing import Iterator

import psycopg2
import psycopg2.errors
import psycopg2.extensions

from psycopg2.extensions import POLL_OK, POLL_READ, POLL_WRITE

from bos.faults import Unavailable
from bos.logs import error_text

# How long to wait for an answer. A server that is frozen keeps its connections, and says nothing.
_ANSWER_SECONDS = 8.0
# Ends statements before that, and tells of a server that is cut off.
_LIMITS = {
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 2,
    "options": "-c statement_timeout=5000",
}


class Database:
    def __init__(self, url: str) -> None:
        self._url = url
        self._local = threading.local()

    @contextmanager
    def transaction(self) -> "Iterator[psycopg2.extensions.cursor]":
        """One transaction: committed at the end, rolled back after a fault. Raises Unavailable."""
        try:
            connection = self._connection()
            with connection.cursor() as cursor:
                yield cursor
            connection.commit()
        except BaseException as error:
            # After a fault the connection's state is not known: it is closed, which rolls back.
            self.close()
            if isinstance(error, psycopg2.errors.UndefinedTable):
                raise Unavailable(f"{error_text(error)}; `bos migrate` makes the tables") from error
            if isinstance(error, (psycopg2.OperationalError, psycopg2.InterfaceError)):
                raise Unavailable(error_text(error)) from error
            raise

    def close(self) -> None:
        """Closes the connection of this thread."""
        connection = getattr(self._local, "connection", None)
        self._local.connection = None
        if connection is not None:
            connection.close()

    def _connection(self) -> "psycopg2.extensions.connection":
        connection = getattr(self._local, "connection", None)
        if connection is None or connection.closed:
            connection = psycopg2.connect(self._url, application_name="bos", **_LIMITS)
            self._local.connection = connection
        return connection


def _wait(connection: "psycopg2.extensions.connection") -> None:
    """Waits for an answer, as psycopg2 does by itself, but not for ever."""
    deadline = time.monotonic() + _ANSWER_SECONDS
    while True:
        state = connection.poll()
        if state == POLL_OK:
            return
        readers = [connection] if state == POLL_READ else []
        writers = [connection] if state == POLL_WRITE else []
        if not any(select.select(readers, writers, [], max(0.0, deadline - time.monotonic()))):
            raise psycopg2.OperationalError(f"the database did not answer within {_ANSWER_SECONDS:g} s")


psycopg2.extensions.set_wait_callback(_wait)
