"""The Celery worker: settles deals."""

import threading
import time
import warnings

from celery.platforms import SecurityWarning
from celery.signals import setup_logging, task_received

from bos.books import Books
from bos.database import Database
from bos.heartbeat import touch
from bos.logs import log
from bos.recent import Recent
from bos.settings import Settings
from bos.settlement import Settlement
from bos.tasks import QUEUE, SETTLE, Queue, celery_app

_EVERY_SECONDS = 5.0
# A worker that took nothing for so long, while there is something to take, is restarted.
_STUCK_SECONDS = 60.0


def work(settings: Settings, concurrency: int) -> int:
    app = celery_app(settings)
    settlement = Settlement(Books(Database(settings.database_url)), Recent(settings), settings)
    app.task(settlement.settle, name=SETTLE)
    # In an image without names for its user Celery takes it for root.
    warnings.simplefilter("ignore", SecurityWarning)
    # Celery would set up logs of its own.
    setup_logging.connect(_leave, weak=False)
    threading.Thread(target=_show_life, args=[settings], daemon=True).start()
    log.info("working", extra={"queue": QUEUE, "concurrency": concurrency})
    # There is no other worker to talk to.
    alone = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
    worker = app.Worker(concurrency=concurrency, quiet=True, **alone)
    worker.start()
    log.info("stopped")
    return int(worker.exitcode or 0)


def _leave(**_: object) -> None:
    """The logs stay as they are."""


def _show_life(settings: Settings) -> None:
    """Touches the heartbeat file, unless tasks wait and none is taken. To wait for Redis is no fault of the worker."""
    queue = Queue(settings)
    taken = time.monotonic()

    def note(**_: object) -> None:
        nonlocal taken
        taken = time.monotonic()

    task_received.connect(note, weak=False)
    while True:
        if not queue.waiting():
            taken = time.monotonic()
        if time.monotonic() - taken < _STUCK_SECONDS:
            touch(settings.heartbeat_file)
        time.sleep(_EVERY_SECONDS)
