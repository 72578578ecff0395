import unittest

from bos.web.limit import parse_limit


class ParseLimit(unittest.TestCase):
    def test_takes_whole_numbers_within_bounds(self):
        self.assertEqual([parse_limit(text, 500) for text in ["1", "010", "500"]], [1, 10, 500])

    def test_takes_nothing_else(self):
        for text in ["", "0", "501", "-1", "1.5", "x", "9" * 5_000, "0" * 5_000]:
            with self.subTest(text=text[:9]):
                self.assertIsNone(parse_limit(text, 500))


if __name__ == "__main__":
    unittest.main()
