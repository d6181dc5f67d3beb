"""Collectors as operator/collectors.html shows them, and the schools of one as operator/collector_schools.html does."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from consentry.partners.queries.listing import Page, Wanted
from consentry.returns.checking import where
from consentry.returns.models import Collector
from consentry.returns.queries.standings import AtSchool, Numbers
from consentry.rules.collectors import CollectorStatus, LegalBasis
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.rules.submission_life import Ending, SubmissionState
from consentry.web.desk_visit import DeskVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.operator.collectors import SCHOOLS
from consentry.web.sentences import counted, moment, moment_or_none
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.returns.words import OUTCOMES
from consentry.web.shown.returns.words import TONES as TONES_OF_SUBMISSIONS

TONES: Final = {
    CollectorStatus.ACTIVE: "good",
    CollectorStatus.SUSPENDED: "warning",
    CollectorStatus.DISCONTINUED: "bad",
}
_COLUMNS: Final = (
    ("Collector", ""),
    ("Status", ""),
    ("Consents", "number"),
    ("Received today", "number"),
    ("Waiting", "number"),
    ("Not received", "number"),
    ("Last received", "time"),
)
_ENDINGS: Final = {
    Ending.NOT_SENDABLE: "Kept back: the school’s own records need mending",
    Ending.REFUSED: "The collector refused it",
    Ending.CREDENTIALS_REFUSED: "The collector does not take our credentials",
    Ending.GIVEN_UP: "Given up",
    Ending.CONSENT_REMOVED: "Consent ended",
    Ending.DISCONTINUED: "The collector was discontinued",
    Ending.SUSPENDED: "The collector was suspended",
    Ending.REPLACED: "A newer one took its place",
}
_BY_ITS_ANSWER: Final = {Ending.REFUSED, Ending.CREDENTIALS_REFUSED}
_FILE_COLUMNS: Final = ("School", "Address", "Consents since", "Run", "Today", "Why", "Attempts", "When")


def shown_collectors(visit: DeskVisit, standings: Iterable[tuple[Collector, Numbers]]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    return {
        "columns": [{"label": label, "kind": kind, "url": "", "sorted": ""} for label, kind in _COLUMNS],
        "rows": [_collector(visit, *each) for each in standings],
    }


def status_tag(collector: Collector) -> dict[str, str]:
    """Its status as components/tag.html shows it."""
    status = CollectorStatus(collector.status)
    return {"label": status.label, "tone": TONES[status]}


def _collector(visit: DeskVisit, collector: Collector, numbers: Numbers) -> dict[str, Any]:
    return {
        "name": collector.name,
        "url": reverse("desk-collector", args=[collector.slug]),
        "where": where(collector),
        "ground": LegalBasis(collector.legal_basis).label,
        "tag": status_tag(collector),
        "consents": f"{numbers.consents:,}" if collector.needs_consent else "By law",
        "received": f"{numbers.received:,}",
        "waiting": f"{numbers.waiting:,}",
        "failed": f"{numbers.failed:,}",
        "last": moment_or_none(numbers.last_received, visit.at),
    }


def shown_schools(visit: DeskVisit, collector: Collector, wanted: Wanted, page: Page[AtSchool]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    files = [reverse("desk-collector-schools-file", args=[collector.slug, kind]) for kind in ("csv", "xlsx")]
    columns = (
        Column("School", "name"),
        Column("Consents since", "since", "time"),
        Column("Today"),
        Column("When", "when", "time"),
    )
    listing = Listing(
        reverse("desk-collector-schools", args=[collector.slug]),
        (files[0], files[1]),
        ("school", "schools"),
        columns,
        SCHOOLS,
        {"today": "Today"},
    )
    return shown_listing(listing, wanted, page) | {"rows": [at_school(visit, each) for each in page.rows]}


def at_school(visit: DeskVisit, each: AtSchool) -> dict[str, Any]:
    """One school: .name, .since, .tag, .run, .why, .when."""
    state = SubmissionState(each.state) if each.state else None
    return {
        "name": each.name,
        "since": moment_or_none(each.since, visit.at),
        "tag": {"label": state.label, "tone": TONES_OF_SUBMISSIONS[state]} if state else None,
        "run": Run(each.run).label if each.run else "",
        "why": _why(each),
        "when": moment(when, visit.at) if (when := each.ended_at or each.next_at) else None,
    }


def _why(each: AtSchool) -> str:
    """Why it was not received, or not yet; "" where it was, and where nobody has tried."""
    if each.state == SubmissionState.WAITING and each.attempts and each.outcome:
        return f"{_outcome(each)}; tried {counted(each.attempts, 'time')}, and again at the time beside"
    if not each.ending:
        return ""
    said = _ENDINGS[Ending(each.ending)]
    if each.ending == Ending.GIVEN_UP:
        return f"{said} after {counted(each.attempts or 0, 'attempt')}: {_outcome(each)}"
    return f"{said} (HTTP {each.status})" if each.status and each.ending in _BY_ITS_ANSWER else said


def _outcome(each: AtSchool) -> str:
    words = OUTCOMES[Outcome(each.outcome)] if each.outcome else "Not tried yet"
    return f"{words} (HTTP {each.status})" if each.status else words


def schools_table(rows: Iterable[AtSchool]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        state = SubmissionState(each.state).label if each.state else ""
        run = Run(each.run).label if each.run else ""
        when = _written(each.ended_at or each.next_at)
        yield (each.name, each.slug, _written(each.since), run, state, _why(each), each.attempts or 0, when)


def _written(when: datetime | None) -> str:
    return f"{timezone.localtime(when):%Y-%m-%d %H:%M}" if when else ""
