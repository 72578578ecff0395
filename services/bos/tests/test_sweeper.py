import unittest

from bos.faults import Unavailable
from bos.sweeper import Sweeper


class FakeBooks:
    def __init__(self):
        self.ids = []
        self.fault = None

    def stale(self, seconds):
        if self.fault:
            raise self.fault
        return self.ids


class FakeQueue:
    def __init__(self, waiting):
        self.length = waiting
        self.ids = []

    def waiting(self):
        return self.length

    def put(self, ids):
        self.ids += ids


class Sweep(unittest.TestCase):
    def setUp(self):
        self.now = 100.0
        self.books = FakeBooks()
        self.books.ids = ["d1", "d2"]

    def sweeper(self, waiting):
        self.queue = FakeQueue(waiting)
        return Sweeper(self.books, self.queue, lambda: self.now)

    def test_queues_again_what_may_be_lost(self):
        with self.assertLogs("bos", "INFO") as logs:
            self.sweeper(waiting=0).sweep()
        self.assertEqual(self.queue.ids, ["d1", "d2"])
        self.assertEqual([record.getMessage() for record in logs.records], ["deals queued again"])

    def test_leaves_a_queue_alone_that_has_tasks_or_does_not_answer(self):
        for waiting in (1, None):
            with self.subTest(waiting=waiting):
                self.sweeper(waiting).sweep()
                self.assertEqual(self.queue.ids, [])

    def test_waits_two_seconds_between_sweeps(self):
        sweeper = self.sweeper(waiting=0)
        for now, count in ((100.0, 2), (101.9, 2), (102.0, 4)):
            self.now = now
            with self.assertLogs("bos", "INFO") if count != len(self.queue.ids) else self.assertNoLogs("bos"):
                sweeper.sweep()
            self.assertEqual(len(self.queue.ids), count)

    def test_goes_on_without_the_database(self):
        self.books.fault = Unavailable("no database")
        with self.assertLogs("bos", "WARNING") as logs:
            self.sweeper(waiting=0).sweep()
        self.assertEqual((self.queue.ids, logs.records[0].getMessage()), ([], "cannot sweep"))


if __name__ == "__main__":
    unittest.main()
