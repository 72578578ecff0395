"""The last deals that were done, in plain Redis: a list that may be lost at any time."""

import redis

from bos.logs import error_text, log
from bos.settings import Settings

_KEY = "bos:recent"
_KEPT = 20
_TIMEOUT_SECONDS = 1


class Recent:
    def __init__(self, settings: Settings) -> None:
        self._redis = redis.Redis.from_url(
            settings.redis_url,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            decode_responses=True,
        )

    def add(self, id: str) -> None:
        try:
            self._redis.pipeline().lpush(_KEY, id).ltrim(_KEY, 0, _KEPT - 1).execute()
        except redis.RedisError as error:
            log.warning("not added to the recent deals", extra={"id": id, "error": error_text(error)})

    def ids(self) -> "list[str] | None":
        """The last ones first; None when Redis does not answer."""
        try:
            return list(self._redis.lrange(_KEY, 0, -1))
        except redis.RedisError:
            return None
