"""What happened with an app at a site, as the lower half of partner_apps/app.html shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consentry.audit.names import EventName
from consentry.connections.queries.calls_of import Calls
from consentry.connections.queries.connection_at import ConnectionShown
from consentry.connections.queries.history_of import Moved, Published
from consentry.rules.connection_life import State
from consentry.web import addresses
from consentry.web.refused_calls import because
from consentry.web.sentences import moment, moment_or_none
from consentry.web.shown.calls_chart import calls_chart, calls_sentence
from consentry.web.visit import Visit

_WORDS = {
    EventName.CONNECTION_REQUESTED: "Asked to connect",
    EventName.CONNECTION_APPROVED: "Approved",
    EventName.CONNECTION_REJECTED: "Rejected",
    EventName.REQUEST_CHANGED: "Asks for something else now",
    EventName.VERSION_IN_FORCE: "Asks for nothing more: in force at once",
    EventName.REVIEW_OPENED: "Asked for more",
    EventName.REVIEW_ACCEPTED: "Change accepted",
    EventName.REVIEW_DECLINED: "Change declined",
}
_WITH_RECEIPT = {
    EventName.CONNECTION_APPROVED,
    EventName.CONNECTION_REJECTED,
    EventName.VERSION_IN_FORCE,
    EventName.REVIEW_ACCEPTED,
    EventName.REVIEW_DECLINED,
}


@dataclass(frozen=True)
class History:
    """What happened: moves, the numbers of receipts by when they were given, versions, calls."""

    moves: tuple[Moved, ...]
    receipts: Mapping[datetime, int]
    versions: tuple[Published, ...]
    calls: Calls


def shown_history(visit: Visit, found: ConnectionShown, history: History) -> dict[str, Any]:
    """The parts of the context that only the page has, not the slide-over."""
    now, calls = visit.at, history.calls
    return {
        "facts": _facts(found, calls, now),
        "sync_sentence": _sync_sentence(found, calls, now),
        "activity": calls_chart(found.app.name, calls) if calls.latest else None,
        "history": [
            {
                "version": version.number,
                "when": moment(version.at, now),
                "text": version.note,
                "in_force": found.state is State.APPROVED and version.number == found.version.number,
            }
            for version in history.versions
        ],
        "decisions": [_decision(visit, found.app.name, moved, history.receipts) for moved in history.moves],
    }


def _facts(found: ConnectionShown, calls: Calls, now: datetime) -> list[dict[str, Any]]:
    asked = _fact("Asked to connect", moment(found.requested_at, now))
    decided = (
        _fact("Decided", moment_or_none(found.decided_at, now), f"by {found.decided_by}") if found.decided_at else None
    )
    last = _last_call(calls, now)
    version = _fact("Permission set", None, f"Version {found.version.number}")
    return [fact for fact in (asked, decided, last, version) if fact]


def _fact(label: str, when: object, text: str = "") -> dict[str, Any]:
    return {"label": label, "text": text, "url": "", "when": when, "detail": ""}


def _last_call(calls: Calls, now: datetime) -> dict[str, Any]:
    latest = calls.latest
    if latest is None:
        return _fact("Last call made", None, "No call yet")
    outcome = "Answered" if latest.why is None else f"Refused, {because(latest.why)}"
    return _fact("Last call made", moment(latest.at, now)) | {"detail": outcome}


def _sync_sentence(found: ConnectionShown, calls: Calls, now: datetime) -> str:
    """When the sync will start, by what the app did so far; a call that was refused is a call."""
    refused = _refused(found.app.name, calls, now)
    if calls.first and calls.last:
        first, last = moment(calls.first, now).text, moment(calls.last, now).text
        started = f"It has started: the first call was answered on {first}, the last on {last}."
        return " ".join(filter(None, (started, refused, calls_sentence(calls))))
    if found.state is State.APPROVED:
        begin = refused or f"{found.app.name} has made no call yet."
        return f"{begin} It may read from now on: {found.app.company} can tell you when it will call."
    begin = refused or f"{found.app.name} has made no call."
    return f"{begin} It can read nothing before it is approved."


def _refused(app: str, calls: Calls, now: datetime) -> str:
    if calls.latest is None or calls.latest.why is None:
        return ""
    return f"{app} last called on {moment(calls.latest.at, now).text} and was refused, {because(calls.latest.why)}."


def _decision(visit: Visit, app: str, moved: Moved, receipts: Mapping[datetime, int]) -> dict[str, Any]:
    version = f", version {moved.version}" if moved.version else ""
    by_app = moved.is_app or moved.what is EventName.CONNECTION_REQUESTED
    receipt = receipts.get(moved.at) if moved.what in _WITH_RECEIPT else None
    return {
        "when": moment(moved.at, visit.at),
        "text": _WORDS[moved.what] + version,
        "by": f"{app} (the app)" if by_app else moved.by,
        "receipt_url": addresses.receipt(visit.site.slug, receipt) if receipt else "",
    }
