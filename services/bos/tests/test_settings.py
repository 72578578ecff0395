import unittest
from decimal import Decimal

from bos.settings import Settings, SettingsError, read_settings

REQUIRED = {
    "DATABASE_URL": "postgres://app:secret@db:5432/app",
    "CELERY_BROKER_URL": "redis://cache:6379/1",
    "REDIS_URL": "redis://cache:6379/0",
    "KAFKA_BOOTSTRAP": "kafka:9092",
    "KAFKA_GROUP": "alice.bos",
    "DEALS_TOPIC": "alice.deals",
}


class ReadSettings(unittest.TestCase):
    def test_has_defaults(self):
        self.assertEqual(
            read_settings(REQUIRED),
            Settings(
                database_url="postgres://app:secret@db:5432/app",
                broker_url="redis://cache:6379/1",
                redis_url="redis://cache:6379/0",
                kafka_bootstrap="kafka:9092",
                kafka_group="alice.bos",
                deals_topic="alice.deals",
                settlement_limit=Decimal(10_000_000),
                log_level="info",
                port=8000,
                heartbeat_file="/tmp/heartbeat",
            ),
        )

    def test_tells_all_that_is_missing_or_wrong_and_no_password(self):
        wrong = {"KAFKA_GROUP": "", "SETTLEMENT_LIMIT": "much", "LOG_LEVEL": "loud", "PORT": "70000"}
        with self.assertRaises(SettingsError) as caught:
            read_settings({**REQUIRED, **wrong})
        self.assertEqual(
            str(caught.exception),
            "KAFKA_GROUP is not set: it is the name of this service's consumer group; "
            'SETTLEMENT_LIMIT is "much": it is a number above 0; '
            'LOG_LEVEL is "loud": it is one of debug, info, warning, error; '
            'PORT is "70000": it is a whole number from 1 to 65535',
        )


if __name__ == "__main__":
    unittest.main()
