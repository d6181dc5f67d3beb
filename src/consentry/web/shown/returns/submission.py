"""One submission, as returns/submission.html shows it: where it stands and why, what was sent, answered and changed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consentry.returns.models import Attempt, Collector, Submission
from consentry.rules.collector_answers import place_in_words, read_answer
from consentry.rules.differing_documents import Differences
from consentry.rules.payload_forms import Format
from consentry.rules.return_answers import Outcome
from consentry.rules.submission_life import Ending
from consentry.rules.telling_faults import kept_fault
from consentry.web.sentences import day, moment, moment_or_none
from consentry.web.shown.returns.differing import shown_differences
from consentry.web.shown.returns.document import shown_document
from consentry.web.shown.returns.faults import shown_faults
from consentry.web.shown.returns.submissions import next_try, state_of
from consentry.web.shown.returns.words import OUTCOMES, REASONS
from consentry.web.visit import Visit


@dataclass(frozen=True)
class Found:
    """A submission with the attempts to send it, and what differs from the last that was received (None: none was)."""

    submission: Submission
    attempts: Sequence[Attempt]
    differs: Differences | None


def shown_submission(visit: Visit, found: Found, *, may_send: bool) -> dict[str, Any]:
    """The context that the template names `submission`."""
    submission, collector = found.submission, found.submission.collector
    at = [visit.site.slug, collector.slug]
    document = submission.document
    last = next((each for each in reversed(found.attempts) if each.ended_at), None)
    return {
        "title": f"{submission.get_run_display()}, {day(submission.day)}",
        "collector": collector.name,
        "state": state_of(submission),
        "next": next_try(submission, visit.at),
        "reason": _reason(collector, submission),
        "faults": shown_faults(visit, [kept_fault(each) for each in submission.faults]),
        "facts": _facts(visit, submission),
        "answer": _answer(submission, last),
        "attempts": [_attempt(visit, each) for each in found.attempts],
        "changes": shown_differences(found.differs) if found.differs else None,
        "document": shown_document(bytes(document), submission.media_type) if document is not None else None,
        "document_url": reverse("returns-document", args=[*at, submission.id]) if document is not None else "",
        "again_url": reverse("returns-send", args=at) if _can_be_sent_again(submission) and may_send else "",
        "back_url": reverse("returns", args=at),
    }


def _can_be_sent_again(submission: Submission) -> bool:
    return submission.ending in {Ending.NOT_SENDABLE, Ending.REFUSED, Ending.CREDENTIALS_REFUSED, Ending.GIVEN_UP}


def _reason(collector: Collector, submission: Submission) -> dict[str, str] | None:
    if not submission.ending:
        return None
    reason, words = REASONS[Ending(submission.ending)], {"collector": collector.name, "attempts": submission.attempts}
    return {"short": reason.short.format(**words), "what": reason.what.format(**words), "todo": reason.todo}


def _facts(visit: Visit, submission: Submission) -> list[dict[str, Any]]:
    made = moment(submission.made_at, visit.at)
    ended = moment_or_none(submission.ended_at, visit.at)
    by = f"by hand, by {submission.asked_by}" if submission.asked_by else ""
    rows = [
        _fact("Made", by, when=made),
        _fact("Days told", f"{day(submission.first_day)} to {day(submission.day)}"),
        _fact("Attempts", f"{submission.attempts}"),
        _fact("Ended" if submission.ending else "Received", "", when=ended) if ended else None,
        _fact("Receipt of the collector", submission.receipt) if submission.receipt else None,
        _fact("Key", str(submission.key), "The collector counts what comes twice with the same key once."),
    ]
    return [row for row in rows if row]


def _fact(label: str, text: str, detail: str = "", when: Any = None) -> dict[str, Any]:
    return {"label": label, "text": text, "url": "", "when": when, "detail": detail}


def _answer(submission: Submission, attempt: Attempt | None) -> dict[str, Any] | None:
    """What the collector said at last; None where it was never asked, and where no answer came."""
    if attempt is None or attempt.status is None:
        return None
    said, document = read_answer(attempt.answer), _as_json(submission)
    return {
        "status": attempt.status,
        "title": said.title,
        "text": said.text,
        "errors": [
            {
                "code": each.code,
                "path": each.path,
                "place": place_in_words(each.path, document),
                "message": each.message,
            }
            for each in said.errors
        ],
    }


def _as_json(submission: Submission) -> dict[str, Any]:
    """The document, where it is one of JSON: errors name places in it."""
    if submission.document is None or submission.media_type != Format.JSON.media_type:
        return {}
    found: dict[str, Any] = json.loads(bytes(submission.document))
    return found


def _attempt(visit: Visit, attempt: Attempt) -> dict[str, Any]:
    ended = attempt.ended_at
    took = (ended - attempt.began_at).total_seconds() if ended else None
    return {
        "number": attempt.number,
        "when": moment(attempt.began_at, visit.at),
        "outcome": OUTCOMES[Outcome(attempt.outcome)] if attempt.outcome else "Under way",
        "is_received": attempt.outcome == Outcome.RECEIVED,
        "status": f"{attempt.status}" if attempt.status else "",
        "took": "" if took is None else f"{took:.1f} s",
    }
