"""What was received, for whoever has a token: days as they stand, and receipts."""

import re
from datetime import date
from http import HTTPStatus

from flask import Response, jsonify, request

from consentry.collector.admission import demand_token
from consentry.collector.answers import RefusedError
from consentry.collector.database import Database
from consentry.collector.flaws import Flaw
from consentry.collector.received import days_of, receipts_of

_URN = re.compile(r"[0-9]{6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def days_asked_for(database: Database, urn: str) -> Response:
    """The days of a school, as each was sent last; `from` and `to` bound them. Raises RefusedError."""
    demand_token(database)
    if not _URN.fullmatch(urn):
        raise RefusedError(HTTPStatus.NOT_FOUND, Flaw("not_found", "A school's number has six digits."))
    days = days_of(database, urn, _day("from", "0000-00-00"), _day("to", "9999-12-31"))
    return jsonify(urn=urn, days=list(days))


def receipts_asked_for(database: Database) -> Response:
    """All receipts, or those of one school (`urn`), the oldest first. Raises RefusedError."""
    demand_token(database)
    return jsonify(receipts=list(receipts_of(database, request.args.get("urn"))))


def _day(name: str, otherwise: str) -> str:
    text = request.args.get(name)
    if text is None:
        return otherwise
    try:
        if _DAY.fullmatch(text) and date.fromisoformat(text):
            return text
    except ValueError:
        pass
    raise RefusedError(HTTPStatus.BAD_REQUEST, Flaw("wrong_form", "It must be a day, as 2026-11-20.", (name,)))
