"""The queue of Celery: a task for each deal that is to be settled."""

from typing import Sequence

import redis
from celery import Celery
from kombu.exceptions import OperationalError

from bos.logs import error_text, log
from bos.settings import Settings

QUEUE = "bos"
SETTLE = "bos.settle"
_TIMEOUT_SECONDS = 3


def celery_app(settings: Settings, **transport_options: float) -> Celery:
    """Celery as the consumer and the worker share it: Redis as broker, no results."""
    app = Celery("bos", broker=settings.broker_url)
    app.conf.update(
        task_default_queue=QUEUE,
        task_ignore_result=True,
        worker_prefetch_multiplier=1,
        # A small machine starts slowly, and a task waits for the database for some seconds at most.
        worker_proc_alive_timeout=60,
        task_time_limit=60,
        # Celery 5 asks to choose; no task here is acknowledged late, so it changes nothing.
        worker_cancel_long_running_tasks_on_connection_loss=True,
        # For ever: without Redis there is nothing else to do.
        broker_connection_max_retries=None,
        broker_transport_options={
            "socket_connect_timeout": _TIMEOUT_SECONDS,
            "socket_keepalive": True,
            **transport_options,
        },
    )
    return app


class Queue:
    """Puts tasks into the queue. What does not get there, or is lost there, the sweeper puts in again."""

    def __init__(self, settings: Settings) -> None:
        # A worker waits for tasks without such a limit.
        self._app = celery_app(settings, socket_timeout=_TIMEOUT_SECONDS)
        self._redis = redis.Redis.from_url(
            settings.broker_url, socket_timeout=_TIMEOUT_SECONDS, socket_connect_timeout=_TIMEOUT_SECONDS
        )

    def put(self, ids: Sequence[str]) -> None:
        for done, id in enumerate(ids):
            try:
                self._app.send_task(SETTLE, [id], retry=False)
            except (OperationalError, redis.RedisError, OSError) as error:
                left = len(ids) - done
                log.warning("deals wait for the sweeper", extra={"count": left, "error": error_text(error)})
                return

    def waiting(self) -> "int | None":
        """Tasks that no worker has taken; None when Redis does not answer."""
        try:
            return int(self._redis.llen(QUEUE))
        except redis.RedisError:
            return None
