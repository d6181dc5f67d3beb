"""What is wrong with something that was sent: one flaw at a time, each with a place, a code and words."""

from dataclasses import dataclass

Place = tuple[str | int, ...]
"""Names of fields and numbers of items, from the outside in."""

MOST_TOLD = 50
"""Flaws that one answer lists."""

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """One flaw. Its words never repeat a value that was sent: it may be what should not have been sent at all."""

    code: str
    message: str
    place: Place = ()

    def as_json(self) -> dict[str, str]:
        """As an answer lists it."""
        return {"message": self.message, "code": self.code, "path": path(self.place)}


class FlawedError(Exception):
    """What was sent is not taken; `status` is 400 where it could not even be read, 422 otherwise."""

    def __init__(self, *flaws: Flaw, status: int = 422) -> None:
        super().__init__(", ".join(sorted({each.code for each in flaws})))
        self.flaws = flaws[:MOST_TOLD]
        self.status = status


def path(place: Place) -> str:
    """A place as text, such as `days[1].sessions[0].marks[3].code`."""
    text = "".join(f"[{each}]" if isinstance(each, int) else f".{each[:_LONGEST_NAME]}" for each in place)
    return text.removeprefix(".")
