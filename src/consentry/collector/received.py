"""What was received: receipts by their key, and each day of a school as it was sent last."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from consentry.collector.database import Database
from consentry.collector.flaws import Flaw, FlawedError
from consentry.collector.submission import Submission

_OF_KEY = "select id, received_at, urn, days, fingerprint from receipts where key = ?"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is told; a repeat is told the very same."""

    id: str
    received_at: str
    urn: str
    days: int

    def as_json(self) -> dict[str, str | int]:
        """As it is answered."""
        return {"id": self.id, "received_at": self.received_at, "urn": self.urn, "days": self.days}


def fingerprint(media_type: str, body: bytes) -> bytes:
    """By which a body is known again."""
    return hashlib.sha256(media_type.encode() + b"\n" + body).digest()


def known_receipt(database: Database, key: str, of: bytes) -> Receipt | None:
    """The receipt that this key has already, and note the repeat. Raises FlawedError: the key was another body's."""
    found = database.reading.execute(_OF_KEY, [key]).fetchone()
    if found is None:
        return None
    *told, known_as = found
    if known_as != of:
        raise FlawedError(Flaw("key_reused", "This Idempotency-Key came with another body before."))
    database.reading.execute("update receipts set repeats = repeats + 1 where key = ?", [key])
    return Receipt(*told)


def receive(database: Database, submission: Submission, key: str, of: bytes, *, at: str) -> tuple[Receipt, bool]:
    """Store all days and the receipt, or find that another did it meanwhile; whether it is new. Raises FlawedError."""
    receipt = Receipt(str(uuid4()), at, submission.urn, len(submission.days))
    days = [(submission.urn, each["date"], json.dumps(each, separators=(",", ":"))) for each in submission.days]
    with database.changing() as connection:
        if known := known_receipt(database, key, of):
            return known, False
        connection.execute(
            "insert into receipts (key, id, urn, received_at, days, fingerprint) values (?, ?, ?, ?, ?, ?)",
            [key, receipt.id, receipt.urn, at, receipt.days, of],
        )
        connection.executemany("insert or replace into days (urn, date, told) values (?, ?, ?)", days)
    return receipt, True


def days_of(database: Database, urn: str, since: str, until: str) -> Iterator[Mapping[str, Any]]:
    """The days of a school as they were sent last, the first and the last day with them."""
    asked = "select told from days where urn = ? and date between ? and ? order by date"
    for (told,) in database.reading.execute(asked, [urn, since, until]):
        yield json.loads(told)


def receipts_of(database: Database, urn: str | None) -> Iterator[Mapping[str, Any]]:
    """The receipts of a school, or of all; the oldest first."""
    asked = "select id, key, urn, received_at, repeats from receipts where ?1 is null or urn = ?1 order by rowid"
    for row in database.reading.execute(asked, [urn]):
        yield dict(zip(("id", "key", "urn", "received_at", "repeats"), row, strict=True))
