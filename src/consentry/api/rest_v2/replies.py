"""Answers in the protocol's two shapes of error, and what a refusal says."""

import json
from http import HTTPStatus

from consentry.api.exchange import Reply
from consentry.connections.reading.read import Door
from consentry.rules.disclosure import Disclosure, Reason, Refusal
from consentry.rules.not_live import TOLD_TO_APPS


def failed(status: int, *messages: str, kind: str, headers: list[tuple[str, str]] | None = None) -> Reply:
    """The first shape: `response` with success, code, reason and errors. `kind` is a stable name for programs."""
    reason = HTTPStatus(status).phrase
    errors = [{"exception": kind, "message": message, "trace": ""} for message in messages]
    return _json(status, {"response": {"success": False, "code": status, "reason": reason, "errors": errors}}, headers)


def invalid(*messages: str) -> Reply:
    """The second shape, of validation: `status` with success, code, reason and errors as texts. Always 422."""
    status = {"success": False, "code": 422, "reason": HTTPStatus(422).phrase, "errors": list(messages)}
    return _json(422, {"status": status}, None)


def not_found() -> Reply:
    """One answer for what does not exist, is another school's, or cannot be an address at all."""
    return failed(404, "There is no such record.", kind="ResourceNotFound")


def unauthorized(message: str) -> Reply:
    """401, to which the challenges are added that name the site (api/challenge.py)."""
    return failed(401, message, kind="Unauthorized")


_DOORS = {
    Door.SUSPENDED: ("AppSuspended", "The app is suspended by the operator."),
    Door.NONE: ("ConnectionMissing", "The app is not connected to this school: request a connection first."),
    Door.PENDING: ("ConnectionPending", "The school has not decided yet on the app's request."),
    Door.REJECTED: ("ConnectionRejected", "The school has rejected the app: nothing can be read."),
    Door.NOT_LIVE: ("ApplicationNotLive", TOLD_TO_APPS),
}


def closed(door: Door) -> Reply:
    """The answer to a call that stands before a closed door."""
    if door is Door.CREDENTIAL:
        return unauthorized("The secret or token is no longer good.")
    kind, message = _DOORS[door]
    return failed(403, message, kind=kind)


def refused(disclosure: Disclosure) -> Reply:
    """The answer to a call that names what it may not see (403), or what there is not (422)."""
    not_there = {Reason.UNKNOWN_FIELD, Reason.NOT_A_REFERENCE, Reason.SECOND_COLLECTION}
    unknown = [refusal for refusal in disclosure.refused if refusal.reason in not_there]
    if unknown:
        return invalid(*map(_unknown, unknown))
    return failed(403, *map(_missing, disclosure.refused), kind="PermissionMissing")


def _unknown(refusal: Refusal) -> str:
    named = ".".join(refusal.path)
    if refusal.reason is Reason.UNKNOWN_FIELD:
        return f"{named}: {refusal.data_type} has no field {refusal.field}."
    if refusal.reason is Reason.SECOND_COLLECTION:
        return f"{named}: a path opens up one list at most, and {refusal.field} would be a second."
    return f"{named}: {refusal.field} of {refusal.data_type} is not a reference that can be followed here."


def _missing(refusal: Refusal) -> str:
    missing = refusal.data_type if refusal.field is None else f"{refusal.data_type}.{refusal.field}"
    return f"You do not have access to `{missing}`: the permission to read it is not granted."


def _json(status: int, body: object, headers: list[tuple[str, str]] | None) -> Reply:
    return Reply(status, json.dumps(body, ensure_ascii=False).encode("utf-8", "replace"), headers=headers or [])
