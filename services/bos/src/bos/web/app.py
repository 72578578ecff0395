"""The HTTP API: what is in the books. Deals come from Kafka alone, so nothing is changed here."""

import time
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException

from bos.books import STATUSES, Books
from bos.faults import Unavailable
from bos.logs import error_text, log
from bos.recent import Recent
from bos.web.limit import parse_limit

_PAGE = 100
_PAGE_LIMIT = 500


def create_app(books: Books, recent: Recent) -> Flask:
    app = Flask("bos")
    _add_deals(app, books, recent)
    _add_health(app, books)

    @app.get("/")
    def index() -> Any:
        return {"service": "bos", "paths": ["/deals", "/summary", "/recent", "/rejected", "/health/ready"]}

    @app.before_request
    def begin() -> None:
        g.begun = time.monotonic()

    app.after_request(_log)
    app.register_error_handler(Unavailable, _unavailable)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _unexpected)
    return app


def _add_deals(app: Flask, books: Books, recent: Recent) -> None:
    @app.get("/deals/<id>")
    def show(id: str) -> Any:
        deal = books.find(id) if _is_text(id) else None
        return (_plain(deal), 200) if deal else ({"error": f"there is no deal {id}"}, 404)

    @app.get("/deals")
    def listing() -> Any:
        status, after = request.args.get("status"), request.args.get("after")
        if status is not None and status not in STATUSES:
            return {"error": f'status is "{status}": it is one of {", ".join(STATUSES)}'}, 400
        limit = _limit()
        if after is not None and not (_is_text(after) and books.find(after)):
            return {"error": f'after is "{after}": there is no such deal'}, 400
        deals = books.list(status, limit, after)
        return {"deals": [_plain(deal) for deal in deals], "next": deals[-1]["id"] if len(deals) == limit else None}

    @app.get("/summary")
    def summary() -> Any:
        return books.counts()

    @app.get("/recent")
    def last() -> Any:
        ids = recent.ids()
        return ({"error": "redis does not answer"}, 503) if ids is None else {"deals": ids}

    @app.get("/rejected")
    def rejected() -> Any:
        return {"messages": [_plain(message) for message in books.rejected(_limit())]}


def _add_health(app: Flask, books: Books) -> None:
    @app.get("/health/live")
    def live() -> Any:
        return {"status": "live"}

    @app.get("/health/ready")
    def ready() -> Any:
        try:
            books.ping()
        except Unavailable as error:
            return {"status": "not ready", "database": error_text(error)}, 503
        return {"status": "ready"}


def _limit() -> int:
    text = request.args.get("limit", str(_PAGE))
    limit = parse_limit(text, _PAGE_LIMIT)
    if limit is not None:
        return limit
    error = HTTPException(f'limit is "{text[:80]}": it is a whole number from 1 to {_PAGE_LIMIT}')
    error.code = 400
    raise error


def _is_text(text: str) -> bool:
    """Whether PostgreSQL takes it as text."""
    return "\0" not in text


def _plain(row: "dict[str, Any]") -> "dict[str, Any]":
    """A row as JSON has it: names in its style, times in RFC 3339, amounts as numbers; without what is not there."""
    return {_camel(key): _value(value) for key, value in row.items() if value is not None}


def _camel(key: str) -> str:
    first, *others = key.split("_")
    return first + "".join(part.capitalize() for part in others)


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).decode("utf-8", "replace")
    return value


def _log(response: Response) -> Response:
    # Probes ask every few seconds: told only to who wants all.
    tell = log.debug if request.path.startswith("/health/") else log.info
    milliseconds = round((time.monotonic() - g.begun) * 1000)
    told = {"method": request.method, "path": request.full_path.rstrip("?"), "status": response.status_code}
    tell("request", extra={**told, "milliseconds": milliseconds})
    return response


def _refused(error: HTTPException) -> Response:
    # With its headers: which methods are allowed, when to come again.
    response = error.get_response()
    response.data = jsonify(error=error.description).get_data()
    response.content_type = "application/json"
    return response


def _unavailable(error: Unavailable) -> Any:
    log.error("request failed", extra={"path": request.path, "error": error_text(error)})
    return {"error": "the database does not answer"}, 503, {"retry-after": "1"}


def _unexpected(error: Exception) -> Any:
    log.error("request failed", extra={"path": request.path, "error": error_text(error)}, exc_info=error)
    return {"error": "this is a fault of the service: its log tells more"}, 500
