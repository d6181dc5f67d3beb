"""Cursors: opaque, signed, good for the same app, site, listing and question alone."""

import hashlib
from functools import cache, lru_cache

from django.core.signing import BadSignature, Signer

from consentry.api.rest_v2.parameters import Wanted
from consentry.api.rest_v2.problems import QueryError
from consentry.connections.reading.read import Caller
from consentry.rules.identity import SchoolId

_SALT = "consentry.rest-v2.cursor"


@cache
def _signer() -> Signer:
    return Signer(salt=_SALT)


def write_cursor(last: int, caller: Caller, school: SchoolId, wanted: Wanted) -> str:
    """The cursor of the page behind this record."""
    return _signer().sign(f"{last}.{_question(caller.app, school, wanted.ask.data_type, wanted.question)}")


def read_cursor(cursor: str, caller: Caller, school: SchoolId, wanted: Wanted) -> int:
    """The id that the page starts behind. Raises QueryError for a cursor that is not ours, or of another question."""
    try:
        last, question = _signer().unsign(cursor).split(".")
    except (BadSignature, ValueError):
        raise QueryError("cursor", "is not one that a Link header gave") from None
    if question != _question(caller.app, school, wanted.ask.data_type, wanted.question):
        raise QueryError("cursor", "belongs to another listing: keep the other parameters as they were")
    return int(last)


@lru_cache(maxsize=1_000)
def _question(app: int, school: SchoolId, data_type: str, question: str) -> str:
    """A short stand-in for who asked what where."""
    said = f"{app} {school} {data_type} {question}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]
