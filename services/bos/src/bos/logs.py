"""Logs: one line of JSON for each event, on standard output."""

import json
import logging
import logging.config
from datetime import datetime, timezone
from typing import Any

log = logging.getLogger("bos")

# What a record has of itself; the rest was given with `extra`.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
# Libraries that tell each of their steps at level info.
_TALKATIVE = ("celery", "kombu")


class JsonFormatter(logging.Formatter):
    """Writes what all services of a platform write: time, level, event and the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, timezone.utc)
        line = {
            "time": time.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        if not record.name.startswith("bos"):
            line["logger"] = record.name
        line.update((key, value) for key, value in vars(record).items() if key not in _OWN)
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = error_text(record.exc_info[1])
            # Of a warning the text is enough.
            if record.levelno >= logging.ERROR:
                line["trace"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def start_logs(level: str) -> None:
    logging.config.dictConfig(log_config(level))


def log_config(level: str) -> "dict[str, Any]":
    """The same for all processes; gunicorn takes it as it is."""
    quiet = "WARNING" if level == "info" else level.upper()
    talkative = {name: {"level": quiet, "handlers": [], "propagate": True} for name in _TALKATIVE}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "bos.logs.JsonFormatter"}},
        "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"}},
        "root": {"level": level.upper(), "handlers": ["stdout"]},
        "loggers": {**talkative, "gunicorn.error": {"level": level.upper(), "handlers": [], "propagate": True}},
    }


def error_text(error: BaseException) -> str:
    """An error in one line; PostgreSQL's have several."""
    return " ".join(str(error).split()) or type(error).__name__
