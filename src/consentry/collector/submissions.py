"""Taking a submission: once for each key, and with the fault that is switched on."""

import re
import time
from datetime import UTC, date, datetime
from http import HTTPStatus
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response, jsonify, request

from consentry.collector.admission import bad_token, demand_subscription, demand_token
from consentry.collector.answers import RefusedError
from consentry.collector.card import Credentials
from consentry.collector.database import Database
from consentry.collector.faults import OF_SUBMISSIONS, Fault, Switched, strikes
from consentry.collector.flaws import Flaw
from consentry.collector.received import fingerprint, known_receipt, receive
from consentry.collector.submission import READERS

LARGEST_BODY: Final = 1024 * 1024
DROPPED: Final = "consentry.collector.dropped"
"""In a request's environment: its connection is to be closed without an answer."""

_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SCHOOLS_ARE_IN: Final = ZoneInfo("Europe/London")


def take_submission(database: Database, credentials: Credentials) -> Response:
    """201 with a receipt, 200 with the same one for a repeat. Raises RefusedError and FlawedError."""
    demand_token(database)
    demand_subscription(credentials)
    _go_wrong(strikes(database, OF_SUBMISSIONS))
    media_type, key, body = _media_type(), _key(), request.get_data()
    of = fingerprint(media_type, body)
    if known := known_receipt(database, key, of):
        return jsonify(known.as_json())
    submission = READERS[media_type](body, today=_today())
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    receipt, is_new = receive(database, submission, key, of, at=at)
    answer = jsonify(receipt.as_json())
    answer.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
    return answer


def _go_wrong(now: Switched) -> None:
    """Do what the fault does. Raises RefusedError."""
    if now.fault is Fault.ERROR:
        raise RefusedError(HTTPStatus.INTERNAL_SERVER_ERROR, Flaw("fault", "Something went wrong here."))
    if now.fault is Fault.TOO_MANY:
        told = Flaw("too_many_requests", "There are too many requests: wait.")
        raise RefusedError(HTTPStatus.TOO_MANY_REQUESTS, told, {"Retry-After": str(now.retry_after)})
    if now.fault is Fault.BAD_TOKEN:
        raise bad_token()
    if now.fault is Fault.SLOW:
        time.sleep(now.seconds)
    if now.fault is Fault.DROP:
        request.environ[DROPPED] = True


def _media_type() -> str:
    """JSON or CSV, as it is. Raises RefusedError (415)."""
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    is_plain = request.headers.get("Content-Encoding", "identity") == "identity"
    if request.mimetype not in READERS or charset not in {"utf-8", "us-ascii"} or not is_plain:
        told = Flaw("media_type", "A submission is application/json or text/csv, in UTF-8, not compressed.")
        raise RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, told)
    return request.mimetype


def _key() -> str:
    """The Idempotency-Key. Raises RefusedError (400)."""
    given = request.headers.get("Idempotency-Key", "")
    if not _UUID.fullmatch(given):
        raise RefusedError(HTTPStatus.BAD_REQUEST, Flaw("no_key", "The header Idempotency-Key must hold a UUID."))
    return str(UUID(given))


def _today() -> date:
    return datetime.now(_SCHOOLS_ARE_IN).date()
