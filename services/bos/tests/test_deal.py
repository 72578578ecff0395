import json
import unittest
from datetime import datetime, timezone
from decimal import Decimal

from bos.deal import BadMessage, Deal, parse_deal, refusal

GOOD = {
    "id": "d1",
    "pair": "EURUSD",
    "side": "buy",
    "amount": 1000.1,
    "rate": 1.0931,
    "bookedAt": "2026-11-24T09:00:00.250Z",
}


def message(**changes):
    return json.dumps({**GOOD, **changes}).encode()


class ParseDeal(unittest.TestCase):
    def test_takes_what_fxsuite_tells(self):
        booked_at = datetime(2026, 11, 24, 9, 0, 0, 250_000, timezone.utc)
        self.assertEqual(
            parse_deal(message()), Deal("d1", "EURUSD", "buy", Decimal("1000.1"), Decimal("1.0931"), booked_at)
        )

    def test_leaves_fields_alone_that_it_does_not_know(self):
        self.assertEqual(parse_deal(message(desk="london")), parse_deal(message()))

    def test_tells_all_that_is_wrong(self):
        with self.assertRaises(BadMessage) as caught:
            parse_deal(b'{"id": "a b", "pair": "EUR", "side": "by", "amount": "1", "rate": 0}')
        self.assertEqual(
            str(caught.exception),
            'id is "a b", not [A-Za-z0-9][A-Za-z0-9._-]{0,63}; pair is "EUR", not [A-Z]{6}; '
            'side is "by", not one of buy, sell; '
            'amount is "1", no number above 0 and below 1000000000000, of at most 2 decimals; '
            'rate is "0", no number above 0 and below 1000000, of at most 6 decimals; '
            "bookedAt is missing, no time with its zone, from 1970 to 2999",
        )

    def test_refuses_what_is_no_deal(self):
        for text in [b"", b"{", b"[]", b"null", b"1", b"\xff\xfe", b"\0" * 10, b"[" * 100_000, None]:
            with self.subTest(text=text and text[:10]), self.assertRaises(BadMessage):
                parse_deal(text)

    def test_refuses_numbers_that_the_columns_do_not_hold(self):
        for amount in ["0.001", "1e400", "1e99999999999999999999", "-1e-99999999999999999999", "9" * 100_000, "-1", "0", "1e12", "NaN", "Infinity", "0.1000000000000000000000000000000001"]:
            text = message().replace(b"1000.1", amount.encode())
            with self.subTest(amount=amount), self.assertRaises(BadMessage):
                parse_deal(text)
        self.assertEqual(parse_deal(message().replace(b"1000.1", b"999999999999.99")).amount, Decimal("999999999999.99"))

    def test_tells_faults_in_text_that_a_database_takes(self):
        with self.assertRaises(BadMessage) as caught:
            parse_deal(message(id="x\0", pair="\ud800"))
        self.assertEqual(
            str(caught.exception),
            'id is "x\\u0000", not [A-Za-z0-9][A-Za-z0-9._-]{0,63}; pair is "\\ud800", not [A-Z]{6}',
        )

    def test_says_that_a_number_is_out_of_bounds(self):
        with self.assertRaises(BadMessage) as caught:
            parse_deal(b'{"amount": 1e99999999999999999999}')
        self.assertEqual(str(caught.exception), "it is no JSON: a number is out of bounds")

    def test_refuses_what_is_nested_too_deep_to_be_written(self):
        # Somewhere among these is more than is written, yet not more than is read.
        for depth in (10, *range(300, 1_000), 5_000):
            for opening, closing in ((b"[", b"]"), (b'{"a":[', b"]}")):
                nested = message(id="nested").replace(b'"nested"', opening * depth + closing * depth)
                with self.subTest(depth=depth, opening=opening), self.assertRaises(BadMessage):
                    parse_deal(nested)

    def test_wants_a_time_with_its_zone_in_years_that_all_can_hold(self):
        for time in ["2026-11-24T09:00:00", "2026-11-24", "today", 1, None, "0001-01-01T00:00:00+14:00"]:
            with self.subTest(time=time), self.assertRaises(BadMessage):
                parse_deal(message(bookedAt=time))
        for time in ["1969-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00"]:
            with self.subTest(time=time), self.assertRaises(BadMessage):
                parse_deal(message(bookedAt=time))


class Refusal(unittest.TestCase):
    def test_is_for_amounts_above_the_limit(self):
        self.assertIsNone(refusal(Decimal("10.00"), Decimal(10)))
        self.assertEqual(refusal(Decimal("10.01"), Decimal(10)), "amount 10.01 is above the limit of 10")


if __name__ == "__main__":
    unittest.main()
