"""Faults that pass."""


class Unavailable(Exception):
    """The database cannot be reached, or has no tables yet: try again later."""
