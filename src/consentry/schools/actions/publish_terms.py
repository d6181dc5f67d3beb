"""Publish a version of the terms and conditions, which everybody accepts at each of their sites before all else."""

from datetime import datetime

from django.db import IntegrityError

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Terms
from consentry.schools.queries import newest_terms

LONGEST = 200_000
"""Characters: some fifty pages, more than anybody is asked to read."""


def publish_terms(text: str, *, by: Actor, at: datetime) -> Terms:
    """The text is in force from now on, under the next number.

    Raises InvalidError where it is empty, too long, not text, or what the version in force says already; and where
    somebody else publishes at the same moment.
    """
    readable = _readable(text)
    try:
        with change(actor=by, at=at, school=None) as this:
            before = newest_terms()
            if before is not None and before.text == readable:
                raise InvalidError("text", f"version {before.number}, which is in force, says exactly this")
            number = before.number + 1 if before else 1
            terms = Terms.objects.create(number=number, text=readable, published_at=at)
            this.record(EventName.TERMS_PUBLISHED, terms, version=number)
    except IntegrityError as meanwhile:
        raise InvalidError("text", "another version was published meanwhile: look at it first") from meanwhile
    return terms


def _readable(text: str) -> str:
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip()
    if not plain:
        raise InvalidError("text", "must not be empty")
    if "\0" in plain:
        raise InvalidError("text", "holds a NUL character, so it is not a text file")
    if len(plain) > LONGEST:
        raise InvalidError("text", f"is longer than {LONGEST:,} characters")
    return plain
