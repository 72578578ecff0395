"""The books: what is kept of deals, and how they change."""

from dataclasses import astuple
from decimal import Decimal
from typing import Any, Optional, Sequence

from psycopg2.extras import RealDictCursor, execute_values

from bos.database import Database
from bos.deal import refusal
from bos.message import Rejected, Told

STATUSES = ("received", "settled", "failed")

# Any number, the same in every process that makes the tables of this database.
_MIGRATION_LOCK = 8083
_SCHEMA = """
create table if not exists deals (
  id text primary key,
  number bigint generated always as identity unique,
  pair text not null,
  side text not null,
  amount numeric(14, 2) not null,
  rate numeric(13, 6) not null,
  booked_at timestamptz not null,
  status text not null default 'received',
  received_at timestamptz not null default now(),
  enqueued_at timestamptz not null default now(),
  settled_at timestamptz,
  reason text
);
create index if not exists deals_by_status on deals (status, number);
create table if not exists rejected (
  topic text not null,
  partition int not null,
  "offset" bigint not null,
  sent_at timestamptz not null,
  payload bytea,
  reason text not null,
  rejected_at timestamptz not null default now(),
  primary key (topic, partition, "offset", sent_at)
);
"""
_COLUMNS = "id, pair, side, amount, rate, booked_at, status, received_at, settled_at, reason"


class Books:
    def __init__(self, database: Database) -> None:
        self._database = database

    def migrate(self) -> None:
        with self._database.transaction() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [_MIGRATION_LOCK])
            cursor.execute(_SCHEMA)

    def ping(self) -> None:
        with self._database.transaction() as cursor:
            cursor.execute("select 1 from deals limit 1")

    def receive(self, told: Sequence[Told], rejected: Sequence[Rejected]) -> "list[str]":
        """Takes in what a few messages told; what is known already stays. Returns the ids of the new deals."""
        deals = [deal for deal, _ in told]
        with self._database.transaction() as cursor:
            new = _insert(
                cursor,
                "insert into deals (id, pair, side, amount, rate, booked_at) values %s"
                " on conflict (id) do nothing returning id",
                [astuple(deal) for deal in deals],
            )
            _insert(
                cursor,
                'insert into rejected (topic, partition, "offset", sent_at, payload, reason) values %s'
                " on conflict do nothing returning topic",
                [(*astuple(message), reason) for message, reason in (*rejected, *_taken(cursor, told))],
            )
        return new

    def settle(self, id: str, limit: Decimal) -> "Optional[tuple[str, Optional[str]]]":
        """Settles or refuses a deal; does nothing to one that is done. Returns status and reason when they changed."""
        with self._database.transaction() as cursor:
            cursor.execute("select amount from deals where id = %s and status = 'received' for update", [id])
            row = cursor.fetchone()
            if row is None:
                return None
            reason = refusal(row[0], limit)
            status = "settled" if reason is None else "failed"
            cursor.execute(
                "update deals set status = %s, reason = %s, settled_at = case when %s then now() end where id = %s",
                [status, reason, reason is None, id],
            )
            return status, reason

    def stale(self, seconds: float) -> "list[str]":
        """Deals whose task was queued so long ago that it may be lost; they count as queued now."""
        with self._database.transaction() as cursor:
            cursor.execute(
                "update deals set enqueued_at = now() where id in ("
                "  select id from deals where status = 'received' and enqueued_at < now() - make_interval(secs => %s)"
                "  order by number limit 200 for update skip locked) returning id",
                [seconds],
            )
            return [row[0] for row in cursor.fetchall()]

    def find(self, id: str) -> "Optional[dict[str, Any]]":
        rows = self._rows(f"select {_COLUMNS} from deals where id = %s", [id])
        return rows[0] if rows else None

    def list(self, status: Optional[str], limit: int, after: Optional[str]) -> "list[dict[str, Any]]":
        """In the order in which they came; those after the deal `after`."""
        return self._rows(
            f"select {_COLUMNS} from deals where (%(status)s is null or status = %(status)s) and number >"
            " coalesce((select number from deals where id = %(after)s), 0) order by number limit %(limit)s",
            {"status": status, "after": after, "limit": limit},
        )

    def rejected(self, limit: int) -> "list[dict[str, Any]]":
        """The last ones first."""
        return self._rows("select * from rejected order by rejected_at desc limit %s", [limit])

    def counts(self) -> "dict[str, int]":
        rows = self._rows("select status, count(*) from deals group by status", [])
        bad = self._rows("select count(*) from rejected", [])
        found = {row["status"]: row["count"] for row in rows}
        return {**{status: found.get(status, 0) for status in STATUSES}, "rejected": bad[0]["count"]}

    def _rows(self, text: str, values: Any) -> "list[dict[str, Any]]":
        with self._database.transaction() as plain:
            with plain.connection.cursor(cursor_factory=RealDictCursor) as cursor:
                cursor.execute(text, values)
                return [dict(row) for row in cursor.fetchall()]


def _insert(cursor: Any, text: str, rows: "list[tuple[Any, ...]]") -> "list[str]":
    """Inserts rows; returns the first column of those that were new."""
    if not rows:
        return []
    return [row[0] for row in execute_values(cursor, text, rows, fetch=True)]


def _taken(cursor: Any, told: Sequence[Told]) -> "list[Rejected]":
    """The messages whose deal is another one than that which has its id in the books."""
    cursor.execute("select id, pair, side, amount, rate from deals where id = any(%s)", [[deal.id for deal, _ in told]])
    known = {row[0]: row for row in cursor.fetchall()}
    return [
        (message, f"another deal has the id {deal.id}")
        for deal, message in told
        if known[deal.id] != (deal.id, deal.pair, deal.side, deal.amount, deal.rate)
    ]
