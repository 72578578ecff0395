"""How long to wait after faults."""

_FIRST_SECONDS = 0.2
_LONGEST_SECONDS = 5.0


def backoff_seconds(failures: int) -> float:
    """After so many failures in a row: twice as long each time, at most 5 s."""
    return min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** min(failures - 1, 10))
