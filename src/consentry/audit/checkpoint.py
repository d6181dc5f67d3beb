"""What of a chain is noted elsewhere: the chains have no key, so their owner could write a whole one anew."""

from dataclasses import dataclass
from typing import Self

from consentry.audit.chain import end_of, hash_of
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
            return cls(int(school), int(number), "" if said == "-" else bytes.fromhex(said).hex())
        except ValueError:
            raise InvalidError("against", f"cannot be read: {line.strip()}") from None


def checkpoint(school: SchoolId) -> Checkpoint:
    """The chain's last event now. Call it in `reading(school)`, with the chain verified."""
    number, last = end_of(school)
    return Checkpoint(school, number, last.hex())


def still_stands(noted: Checkpoint) -> bool:
    """Whether the chain goes on from what was noted. Call it in `reading` of its school, with the chain verified."""
    return noted.number == 0 or hash_of(noted.school, noted.number) == bytes.fromhex(noted.hash)
