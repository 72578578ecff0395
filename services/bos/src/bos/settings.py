"""What the processes are told by environment variables."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Mapping

LOG_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(Exception):
    """Tells all that is missing or wrong."""


@dataclass(frozen=True)
class Settings:
    # postgres://user:password@host:port/name
    database_url: str
    # Celery's broker, and the Redis that is used without Celery.
    broker_url: str
    redis_url: str
    kafka_bootstrap: str
    kafka_group: str
    deals_topic: str
    # Deals of a larger amount are refused: they are for people to settle.
    settlement_limit: Decimal = Decimal(10_000_000)
    log_level: str = "info"
    port: int = 8000
    # Touched while the process works.
    heartbeat_file: str = "/tmp/heartbeat"


def read_settings(env: Mapping[str, str]) -> Settings:
    """Reads the settings; a value that may hold a password is never told."""
    faults: "list[str]" = []

    def required(name: str, what: str) -> str:
        value = env.get(name, "")
        if not value:
            faults.append(f"{name} is not set: it is {what}")
        return value

    settings = Settings(
        database_url=required("DATABASE_URL", "postgres://user:password@host:port/name"),
        broker_url=required("CELERY_BROKER_URL", "redis://host:port/1"),
        redis_url=required("REDIS_URL", "redis://host:port/0"),
        kafka_bootstrap=required("KAFKA_BOOTSTRAP", "host:port of Kafka, several with commas"),
        kafka_group=required("KAFKA_GROUP", "the name of this service's consumer group"),
        deals_topic=required("DEALS_TOPIC", "the Kafka topic of the deals"),
        settlement_limit=limit(env.get("SETTLEMENT_LIMIT", "10000000"), faults),
        log_level=level(env.get("LOG_LEVEL", "info"), faults),
        port=port(env.get("PORT", "8000"), faults),
        heartbeat_file=env.get("HEARTBEAT_FILE", "/tmp/heartbeat"),
    )
    if faults:
        raise SettingsError("; ".join(faults))
    return settings


def limit(text: str, faults: "list[str]") -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or value <= 0:
        faults.append(f'SETTLEMENT_LIMIT is "{text}": it is a number above 0')
    return value


def level(text: str, faults: "list[str]") -> str:
    if text not in LOG_LEVELS:
        faults.append(f'LOG_LEVEL is "{text}": it is one of {", ".join(LOG_LEVELS)}')
    return text


def port(text: str, faults: "list[str]") -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    faults.append(f'PORT is "{text}": it is a whole number from 1 to 65535')
    return 0
