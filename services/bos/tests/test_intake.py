import tempfile
import threading
import unittest
from datetime import datetime, timezone
from pathlib import Path

from bos.faults import Unavailable
from bos.intake import Intake
from bos.message import Message
from test_deal import message


class FakeBooks:
    """Does not answer `faults` times; knows the deals that it was given."""

    def __init__(self, faults=0):
        self.faults = faults
        self.known = []
        self.rejected = []

    def receive(self, told, rejected):
        if self.faults > 0:
            self.faults -= 1
            raise Unavailable("no database")
        new = [deal.id for deal, _ in told if deal.id not in self.known]
        self.known += new
        self.rejected += rejected
        return new


class FakeQueue:
    def __init__(self):
        self.ids = []

    def put(self, ids):
        self.ids += ids


def read(payload, offset=7):
    return Message("alice.deals", 0, offset, datetime(2026, 11, 24, tzinfo=timezone.utc), payload)


class Take(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.heartbeat = Path(folder.name, "heartbeat")
        self.queue = FakeQueue()

    def take(self, books, messages, stopping=None):
        with self.assertLogs("bos", "INFO") as logs:
            taken = Intake(books, self.queue, str(self.heartbeat)).take(messages, stopping or threading.Event())
        return taken, [record.getMessage() for record in logs.records]

    def test_queues_deals_that_are_new_and_keeps_what_is_no_deal(self):
        books = FakeBooks()
        books.known = ["d1"]
        bad = read(b"nonsense", 8)
        taken, events = self.take(books, [read(message()), bad, read(message(id="d2"), 9)])
        self.assertEqual((taken, self.queue.ids), (True, ["d2"]))
        self.assertEqual(books.rejected, [(bad, "it is no JSON: Expecting value: line 1 column 1 (char 0)")])
        self.assertEqual(events, ["messages rejected", "deals received"])

    def test_waits_for_the_database_and_shows_life_meanwhile(self):
        books = FakeBooks(faults=2)
        taken, events = self.take(books, [read(message())])
        self.assertEqual((taken, self.queue.ids), (True, ["d1"]))
        self.assertEqual(events, ["waiting for the database"] * 2 + ["deals received"])
        self.assertTrue(self.heartbeat.exists())

    def test_ends_when_told_to_stop_and_has_taken_nothing(self):
        stopping = threading.Event()
        stopping.set()
        taken, events = self.take(FakeBooks(faults=100), [read(message())], stopping)
        self.assertEqual((taken, self.queue.ids), (False, []))
        self.assertEqual(events, ["waiting for the database"])


if __name__ == "__main__":
    unittest.main()
