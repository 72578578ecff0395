import unittest
from datetime import datetime, timezone
from unittest import mock

from bos.message import Message, parse_messages
from test_deal import message


def read(payload, offset):
    return Message("alice.deals", 0, offset, datetime(2026, 11, 24, tzinfo=timezone.utc), payload)


class ParseMessages(unittest.TestCase):
    def test_sets_aside_what_tells_no_deal(self):
        good, bad = read(message(), 1), read(b"{}", 2)
        told, rejected = parse_messages([good, bad])
        self.assertEqual([(deal.id, read) for deal, read in told], [("d1", good)])
        self.assertEqual([read for read, _ in rejected], [bad])

    def test_sets_aside_what_the_reader_fails_on(self):
        with mock.patch("bos.message.parse_deal", side_effect=[KeyError("\0\ud800"), mock.sentinel.deal]):
            told, rejected = parse_messages([read(b"x", 1), read(message(), 2)])
        self.assertEqual(told, [(mock.sentinel.deal, read(message(), 2))])
        self.assertEqual(rejected, [(read(b"x", 1), r"it cannot be read: KeyError: '\\x00\\ud800'")])


if __name__ == "__main__":
    unittest.main()
