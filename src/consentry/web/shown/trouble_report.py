"""A reported problem as the school, the company and the operator see it: what was said, the steps, the facts."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone

from consentry.partners.models import TroubleNote, TroubleReport
from consentry.partners.queries.troubles import ListedTrouble
from consentry.rules.trouble_life import Side, TroubleKind, TroubleMove, TroubleState
from consentry.web.downloads.table import Cell
from consentry.web.sentences import full_day, moment
from consentry.web.shown.trouble_facts import shown_facts

TONES = {TroubleState.OPEN: "warning", TroubleState.ANSWERED: "notice", TroubleState.SETTLED: "good"}
FILE_COLUMNS = ("App", "Company", "School", "Problem", "Reported by", "Reported", "State")

_STEPS = {
    TroubleMove.ANSWER: "{who} answered",
    TroubleMove.SAY: "{who} said more",
    TroubleMove.REOPEN: "{who} reopened it",
    TroubleMove.SETTLE: "{who} settled it",
    TroubleMove.NOTE: "{who} added a note",
}


def shown_report(report: TroubleReport, notes: list[TroubleNote], now: datetime) -> dict[str, Any]:
    """What templates name `trouble`: .app .company .school .kind .since .by str, .tag .when .steps .facts."""
    state = TroubleState(report.state)
    return {
        "number": report.id,
        "app": report.app.name,
        "company": report.app.company.name,
        "school": report.school.name,
        "is_dummy": report.school.is_dummy,
        "kind": TroubleKind(report.kind).label,
        "since": f"Since {full_day(report.since)}" if report.since else "",
        "tag": {"label": state.label, "tone": TONES[state]},
        "when": moment(report.at, now),
        "by": report.reported_by.name,
        "steps": _steps(report, notes, now),
        "facts": shown_facts(report.facts, report.app.name, report.app.company.name, now),
    }


def shown_listed(each: ListedTrouble, url: str, now: datetime) -> dict[str, Any]:
    """One report in a list."""
    return {
        "app": each.app_name,
        "company": each.company,
        "school": each.school,
        "is_dummy": each.is_dummy,
        "kind": each.kind.label,
        "url": url,
        "by": each.by,
        "tag": {"label": each.state.label, "tone": TONES[each.state]},
        "reported": moment(each.at, now),
    }


def troubles_table(rows: Iterable[ListedTrouble]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield FILE_COLUMNS
    for each in rows:
        at = f"{timezone.localtime(each.at):%Y-%m-%d %H:%M}"
        yield (each.app_name, each.company, each.school, each.kind.label, each.by, at, each.state.label)


def _steps(report: TroubleReport, notes: list[TroubleNote], now: datetime) -> list[dict[str, Any]]:
    """What happened, the oldest first, as components/wish_steps.html takes it."""
    who = {
        Side.SCHOOL: report.school.name,
        Side.COMPANY: report.app.company.name,
        Side.OPERATOR: "The operator",
    }
    steps = [(report.at, f"{report.school.name} reported it", report.text, report.reported_by.name)]
    if report.letter is not None and report.letter.mailed_at is not None:
        steps.append((report.letter.mailed_at, f"{report.app.company.name} was told by email", "", "Consentry"))
    steps += [
        (each.at, _STEPS[TroubleMove(each.move)].format(who=who[Side(each.side)]), each.text, each.by) for each in notes
    ]
    ordered = sorted(steps, key=lambda each: each[0])
    return [{"title": title, "text": text, "by": by, "when": moment(at, now)} for at, title, text, by in ordered]
