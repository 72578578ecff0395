import unittest

from bos.backoff import backoff_seconds


class Backoff(unittest.TestCase):
    def test_doubles_up_to_five_seconds(self):
        waits = [backoff_seconds(failures) for failures in (1, 2, 3, 4, 5, 6, 10_000)]
        self.assertEqual(waits, [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0])


if __name__ == "__main__":
    unittest.main()
