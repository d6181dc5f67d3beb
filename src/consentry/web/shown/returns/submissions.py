"""The table of submissions to a collector, and the same as a file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from consentry.partners.queries.listing import Page, Wanted
from consentry.returns.models import Collector, Submission
from consentry.returns.queries.submissions_list import MOST_IN_A_FILE
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.web.downloads.table import Cell
from consentry.web.forms.returns_query import SUBMISSIONS
from consentry.web.sentences import day, moment, moment_or_none
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.returns.words import ICONS, REASONS, TONES
from consentry.web.visit import Visit

_COLUMNS: Final = (
    Column("Made", "made", "time"),
    Column("Day", "day"),
    Column("Sending"),
    Column("State", "state"),
    Column("Attempts", "attempts", "number"),
    Column("Days told"),
)
_LABELS: Final = {"state": "State", "dates": "Dates"}
_FILE_COLUMNS: Final = (
    "Submission", "Made", "Day", "Sending", "State", "Reason", "Attempts", "First day told", "Last day told",
    "Received or ended", "Receipt of the collector", "Key", "Sent by hand by",
)  # fmt: skip


def shown_submissions(visit: Visit, collector: Collector, wanted: Wanted, page: Page[Submission]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    at = [visit.site.slug, collector.slug]
    csv, xlsx = (reverse("returns-file", args=[*at, kind]) for kind in ("csv", "xlsx"))
    listing = Listing(
        reverse("returns", args=at), (csv, xlsx), ("submission", "submissions"), _COLUMNS, SUBMISSIONS, _LABELS
    )
    return shown_listing(listing, wanted, page) | {"rows": [shown_row(visit, collector, each) for each in page.rows]}


def shown_row(visit: Visit, collector: Collector, submission: Submission) -> dict[str, Any]:
    """One submission as returns/row.html shows it."""
    at = [visit.site.slug, collector.slug, submission.id]
    return {
        "id": submission.id,
        "url": reverse("returns-submission", args=at),
        "row_url": reverse("returns-row", args=at),
        "made": moment(submission.made_at, visit.at),
        "day": day(submission.day),
        "run": submission.get_run_display(),
        "by": submission.asked_by,
        "state": state_of(submission),
        "why": short_reason(collector, submission),
        "next": next_try(submission, visit.at),
        "attempts": submission.attempts,
        "reach": f"{day(submission.first_day)} to {day(submission.day)}",
    }


def state_of(submission: Submission) -> dict[str, Any]:
    """Where it stands, as a word with a shape and a tone."""
    state = SubmissionState(submission.state)
    return {
        "label": state.label,
        "tone": TONES[state],
        "icon": ICONS[state],
        "is_waiting": state is SubmissionState.WAITING,
        "is_received": state is SubmissionState.RECEIVED,
    }


def short_reason(collector: Collector, submission: Submission) -> str:
    """Why it was not received, in a few words; "" where it was, and while it waits."""
    if not submission.ending:
        return ""
    return REASONS[Ending(submission.ending)].short.format(collector=collector.name, attempts=submission.attempts)


def next_try(submission: Submission, at: datetime) -> dict[str, Any] | None:
    """When it is tried next, without a time where that is now; None for what does not wait."""
    if submission.next_at is None:
        return None
    return {"when": moment_or_none(submission.next_at, at) if submission.next_at > at else None}


def submissions_table(collector: Collector, rows: Sequence[Submission]) -> Iterator[tuple[Cell, ...]]:
    """The list as a file; times are in the site's time, as 2026-11-03 14:05:09."""
    yield _FILE_COLUMNS
    for each in rows:
        yield (
            each.id, _time(each.made_at), each.day.isoformat(), str(each.get_run_display()),
            str(each.get_state_display()), short_reason(collector, each), each.attempts, each.first_day.isoformat(),
            each.day.isoformat(), _time(each.ended_at), each.receipt, str(each.key), each.asked_by,
        )  # fmt: skip
    if len(rows) == MOST_IN_A_FILE:
        rest = f"No more than {MOST_IN_A_FILE:,} fit into this file. Filter the list to get the others."
        yield (rest, *[""] * (len(_FILE_COLUMNS) - 1))


def _time(when: datetime | None) -> str:
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M:%S}" if when else ""
