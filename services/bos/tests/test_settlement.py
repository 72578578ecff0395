import unittest
from decimal import Decimal
from types import SimpleNamespace

from bos.faults import Unavailable
from bos.settlement import Settlement


class Settle(unittest.TestCase):
    def settle(self, outcome):
        """Settles d1 with books that answer `outcome`; returns what was asked, what became recent, and the log."""
        asked, recent = [], []

        def settle(id, limit):
            asked.append((id, limit))
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        settings = SimpleNamespace(settlement_limit=Decimal(10))
        with self.assertLogs("bos", "DEBUG") as logs:
            Settlement(SimpleNamespace(settle=settle), SimpleNamespace(add=recent.append), settings).settle("d1")
        self.assertEqual(asked, [("d1", Decimal(10))])
        return recent, [(record.levelname, record.getMessage()) for record in logs.records]

    def test_tells_what_became_of_the_deal(self):
        self.assertEqual(self.settle(("settled", None)), (["d1"], [("INFO", "deal settled")]))
        self.assertEqual(self.settle(("failed", "too large")), (["d1"], [("INFO", "deal failed")]))

    def test_does_nothing_to_a_deal_that_is_done(self):
        self.assertEqual(self.settle(None), ([], [("DEBUG", "nothing to settle")]))

    def test_leaves_the_deal_to_the_sweeper_without_a_database(self):
        self.assertEqual(self.settle(Unavailable("gone")), ([], [("WARNING", "not settled yet")]))


if __name__ == "__main__":
    unittest.main()
