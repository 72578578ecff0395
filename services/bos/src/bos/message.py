"""Messages of the topic, and what they tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Optional, Sequence, Tuple

from bos.deal import BadMessage, Deal, parse_deal
from bos.logs import error_text


@dataclass(frozen=True)
class Message:
    """A message as it was read. A topic that was made anew counts its offsets anew: the time tells them apart."""

    topic: str
    partition: int
    offset: int
    sent_at: datetime
    payload: Optional[bytes]


# A deal and the message that told it; a message that tells none, and why.
Told = Tuple[Deal, Message]
Rejected = Tuple[Message, str]


def parse_messages(messages: Sequence[Message]) -> "tuple[list[Told], list[Rejected]]":
    told: "list[Told]" = []
    rejected: "list[Rejected]" = []
    for message in messages:
        try:
            told.append((parse_deal(message.payload), message))
        except BadMessage as error:
            rejected.append((message, error_text(error)))
        except Exception as error:
            # A fault of the reader: without the message set aside, each new process would end at it.
            rejected.append((message, ascii(f"it cannot be read: {type(error).__name__}: {error}")[1:-1][:500]))
    return told, rejected
