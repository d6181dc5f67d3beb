"""What of a chain is noted elsewhere: the chains have no key, so their owner could write a whole one anew."""

from dataclasses import dataclass
from typing import Self

from consentry.audit.models import Event, EventChain
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class Checkpoint:
    """The last event of a chain at some time: its number (0 for none) and its hash in hex."""

    school: int
    number: int
    hash: str

    def __str__(self) -> str:
        return f"chain {self.school} {self.number} {self.hash or '-'}"

    @classmethod
    def from_line(cls, line: str) -> Self | None:
        """The checkpoint that this line shows, or None for other lines. Raises InvalidError for a damaged one."""
        words = line.split()
        if not words or words[0] != "chain":
            return None
        try:
            _, school, number, said = words
            return cls(int(school), int(number), "" if said == "-" else said)
        except ValueError:
            raise InvalidError("against", f"cannot be read: {line.strip()}") from None


def checkpoint(school: SchoolId) -> Checkpoint:
    """The chain's last event now. Call it in `reading(school)`, with the chain verified."""
    chain = EventChain.objects.filter(school_id=school).first()
    return Checkpoint(school, chain.length, bytes(chain.head).hex()) if chain else Checkpoint(school, 0, "")


def still_stands(noted: Checkpoint) -> bool:
    """Whether the chain goes on from what was noted. Call it in `reading` of its school, with the chain verified."""
    if noted.number == 0:
        return True
    event = Event.objects.filter(school_id=noted.school, number=noted.number).first()
    return event is not None and bytes(event.hash).hex() == noted.hash
