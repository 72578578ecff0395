"""How many entries an answer has."""

from typing import Optional


def parse_limit(text: str, most: int) -> Optional[int]:
    """The number that a client asked for; None when it is none from 1 to `most`."""
    # Python reads no text of thousands of digits as a number.
    if not text.isdecimal() or len(text) > len(str(most)):
        return None
    limit = int(text)
    return limit if 1 <= limit <= most else None
