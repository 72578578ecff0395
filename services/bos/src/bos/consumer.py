"""Takes deals from Kafka into the books. Each is safe in the books before its offset is committed."""

import signal
import threading
from datetime import datetime, timezone
from typing import Any, Iterable

from confluent_kafka import Consumer, KafkaException, TopicPartition

from bos.books import Books
from bos.database import Database
from bos.heartbeat import touch
from bos.intake import Intake
from bos.logs import error_text, log
from bos.message import Message
from bos.settings import Settings
from bos.sweeper import Sweeper
from bos.tasks import Queue

_BATCH = 100
_POLL_SECONDS = 0.5


def consume(settings: Settings) -> int:
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    books = Books(Database(settings.database_url))
    queue = Queue(settings)
    intake = Intake(books, queue, settings.heartbeat_file)
    sweeper = Sweeper(books, queue)
    consumer = Consumer(_options(settings), logger=log)
    consumer.subscribe([settings.deals_topic])
    log.info("consuming", extra={"topic": settings.deals_topic, "group": settings.kafka_group})
    try:
        while not stopping.is_set():
            touch(settings.heartbeat_file)
            messages = _good(consumer.consume(_BATCH, _POLL_SECONDS))
            if messages and intake.take(messages, stopping):
                _store_offsets(messages, consumer)
            sweeper.sweep()
    finally:
        # Leaves the group, so that the next consumer need not wait for this one's session to end.
        consumer.close()
    log.info("stopped")
    return 0


def _options(settings: Settings) -> "dict[str, Any]":
    return {
        "bootstrap.servers": settings.kafka_bootstrap,
        "group.id": settings.kafka_group,
        "client.id": "bos",
        "auto.offset.reset": "earliest",
        # Committed each second, and at the end: what was stored by then, which is what is safe in the books.
        "enable.auto.offset.store": False,
        "auto.commit.interval.ms": 1_000,
        # How long a killed consumer keeps its partitions from the next one.
        "session.timeout.ms": 10_000,
        "heartbeat.interval.ms": 3_000,
        # A topic that is made later is seen soon.
        "topic.metadata.refresh.interval.ms": 5_000,
        "reconnect.backoff.max.ms": 2_000,
        # A small service on one connection: its buffers need not hold a million messages.
        "queued.max.messages.kbytes": 4_096,
    }


def _good(read: Iterable[Any]) -> "list[Message]":
    """The messages without the faults among them, which librdkafka mends itself."""
    good = []
    for message in read:
        if message.error() is not None:
            log.warning("kafka", extra={"error": str(message.error())})
            continue
        sent_at = datetime.fromtimestamp(max(0, message.timestamp()[1]) / 1000, timezone.utc)
        good.append(Message(message.topic(), message.partition(), message.offset(), sent_at, message.value()))
    return good


def _store_offsets(messages: "list[Message]", consumer: Consumer) -> None:
    last = {(message.topic, message.partition): message.offset for message in messages}
    try:
        consumer.store_offsets(offsets=[TopicPartition(*where, offset + 1) for where, offset in last.items()])
    except KafkaException as error:
        # Another consumer has the partition now: it reads them again, and they are in the books already.
        log.warning("offsets are not stored", extra={"error": error_text(error)})
