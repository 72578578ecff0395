import json
import logging
import unittest

from bos.logs import JsonFormatter, error_text


def line(**attributes):
    record = logging.makeLogRecord({"name": "bos", "levelname": "INFO", "created": 1.25, **attributes})
    return json.loads(JsonFormatter().format(record))


class Logs(unittest.TestCase):
    def test_have_time_level_event_and_the_fields_of_the_event(self):
        self.assertEqual(
            line(msg="deal %s", args=("settled",), id="d1"),
            {"time": "1970-01-01T00:00:01.250Z", "level": "info", "event": "deal settled", "id": "d1"},
        )

    def test_name_the_library_that_tells_something(self):
        self.assertEqual(line(name="kombu.connection", msg="x")["logger"], "kombu.connection")

    def test_have_the_trace_of_an_error_but_not_of_a_warning(self):
        try:
            raise ValueError("bad\nvalue")
        except ValueError as error:
            info = (ValueError, error, error.__traceback__)
        warning = line(msg="x", levelname="WARNING", levelno=logging.WARNING, exc_info=info)
        self.assertEqual((warning["error"], "trace" in warning), ("bad value", False))
        failure = line(msg="x", levelname="ERROR", levelno=logging.ERROR, exc_info=info)
        self.assertIn("in test_have_the_trace", failure["trace"])

    def test_tell_an_error_in_one_line(self):
        self.assertEqual(error_text(ValueError("a\n  b")), "a b")
        self.assertEqual(error_text(ValueError()), "ValueError")


if __name__ == "__main__":
    unittest.main()
