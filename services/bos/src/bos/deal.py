"""A deal as FXSuite tells it, and what becomes of it. Pure functions."""

import json
import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Optional

SIDES = ("buy", "sell")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_PAIR = re.compile(r"[A-Z]{6}")
# FXSuite books none beyond these, and the columns hold no more. Limit and decimals.
_AMOUNT = (Decimal(10) ** 12, 2)
_RATE = (Decimal(10) ** 6, 6)
# Within these, neither a database nor a time zone leads out of what Python's times hold.
_YEARS = (1970, 2999)


class BadMessage(Exception):
    """A message that is no deal, now or later: tells all that is wrong with it."""


@dataclass(frozen=True)
class Deal:
    id: str
    pair: str
    side: str
    amount: Decimal
    rate: Decimal
    booked_at: datetime


def parse_deal(message: Optional[bytes]) -> Deal:
    """Reads a message of the topic. Fields that are not known are left alone: FXSuite may add some."""
    try:
        # No float on the way: amounts are decimals.
        value = json.loads(message or b"", parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadMessage(f"it is no JSON: {_reason(error)}") from error
    if not isinstance(value, dict):
        raise BadMessage("it is no JSON object")
    booked_at = _time(value.get("bookedAt"))
    years = "with its zone, from {} to {}".format(*_YEARS)
    faults = [
        *_text_faults(value, "id", _ID),
        *_text_faults(value, "pair", _PAIR),
        *([] if value.get("side") in SIDES else [f'side is {_shown(value.get("side"))}, not one of {", ".join(SIDES)}']),
        *_number_faults(value, "amount", *_AMOUNT),
        *_number_faults(value, "rate", *_RATE),
        *([] if booked_at else [f'bookedAt is {_shown(value.get("bookedAt"))}, no time {years}']),
    ]
    if faults or booked_at is None:
        raise BadMessage("; ".join(faults))
    return Deal(value["id"], value["pair"], value["side"], value["amount"], value["rate"], booked_at)


def refusal(deal_amount: Decimal, limit: Decimal) -> Optional[str]:
    """Why the deal cannot be settled; None when it can. The same deal always gets the same answer."""
    if deal_amount > limit:
        return f"amount {deal_amount:f} is above the limit of {limit:f}"
    return None


def _no_constant(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _time(value: Any) -> Optional[datetime]:
    if not isinstance(value, str):
        return None
    try:
        time = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return time if time.tzinfo and _YEARS[0] <= time.year <= _YEARS[1] else None


def _text_faults(value: "dict[str, Any]", key: str, pattern: "re.Pattern[str]") -> "list[str]":
    text = value.get(key)
    good = isinstance(text, str) and pattern.fullmatch(text)
    return [] if good else [f"{key} is {_shown(text)}, not {pattern.pattern}"]


def _number_faults(value: "dict[str, Any]", key: str, below: Decimal, decimals: int) -> "list[str]":
    number = value.get(key)
    good = isinstance(number, Decimal) and 0 < number < below and round(number, decimals) == number
    limits = f"above 0 and below {below:f}, of at most {decimals} decimals"
    return [] if good else [f"{key} is {_shown(number)}, no number {limits}"]


def _reason(error: Exception) -> str:
    # The one for numbers is but a list of signals.
    return "a number is out of bounds" if isinstance(error, ArithmeticError) else str(error)


def _shown(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "a list"
    # ASCII: what is wrong may be that it is no text that a database takes.
    return "missing" if value is None else json.dumps(value, default=str)[:80]
