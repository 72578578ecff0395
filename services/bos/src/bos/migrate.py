"""Makes the tables, as soon as the database can be reached."""

import time

from bos.backoff import backoff_seconds
from bos.books import Books
from bos.database import Database
from bos.faults import Unavailable
from bos.logs import error_text, log
from bos.settings import Settings

# Then the Job fails, so that its next pod may have more luck with what is wrong.
_PATIENCE_SECONDS = 240


def migrate(settings: Settings) -> int:
    books = Books(Database(settings.database_url))
    begun = time.monotonic()
    failures = 0
    while True:
        try:
            books.migrate()
            log.info("tables are there")
            return 0
        except Unavailable as error:
            failures += 1
            log.warning("waiting for the database", extra={"failures": failures, "error": error_text(error)})
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                return 1
            time.sleep(backoff_seconds(failures))
