"""Places in a compiled statement that each call fills with its own value."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A named hole: stands among the compiled parameters where the value of a call will go. `cast` is its SQL type."""

    name: str
    cast: str
