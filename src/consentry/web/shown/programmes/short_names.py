"""Short names of many registration forms: the page on which they are typed, and what would change."""

from collections.abc import Iterable, Mapping
from typing import Any

from consentry.records.mending import Planned
from consentry.records.queries.forms import ListedForm
from consentry.records.queries.short_names import taken, tidied
from consentry.rules.identity import SchoolId
from consentry.rules.invalid import InvalidError
from consentry.web.forms.programmes.short_names import Typed
from consentry.web.sentences import sentence
from consentry.web.shown.programmes.preview import Draft, Step, drafted

Reasons = dict[int, str]


def refused(school: SchoolId, plan: Iterable[Planned]) -> tuple[tuple[Planned, ...], Reasons]:
    """The plan as it would be kept, and why some of it cannot be, by the form's id. One query."""
    kept, reasons = tidied(plan)
    changing = {each.id: each.wanted for each in kept if each.wanted != each.seen}
    return kept, reasons | taken(school, changing)


def draft_of(rows: Iterable[ListedForm], plan: Iterable[Planned], reasons: Reasons) -> Draft:
    """What would change; what cannot be is left out, and what somebody has changed meanwhile."""
    by_id = {each.id: each for each in plan}
    steps, left_out = [], []
    for row in rows:
        planned = by_id.get(row.id)
        now = row.short_name or ""
        if row.id in reasons:
            left_out.append((row.name, reasons[row.id]))
        elif planned is not None and planned.seen not in {row.short_name, planned.wanted}:
            left_out.append((row.name, f"somebody changed it meanwhile, it is {now or 'none'} now"))
        elif planned is not None:
            steps.append(Step(planned, row.name, now, str(planned.wanted or "")))
    return drafted(steps, left_out)


def shown_rows(rows: Iterable[ListedForm], typed: Mapping[int, Typed], reasons: Reasons) -> list[dict[str, Any]]:
    """A row with a field for each form: what was typed, else what it is called now."""
    return [_row(each, typed.get(each.id), reasons.get(each.id, "")) for each in rows]


def _row(form: ListedForm, typed: Typed | None, reason: str) -> dict[str, Any]:
    now = form.short_name or ""
    return {
        "id": form.id,
        "name": form.name,
        "year_group": form.year_group,
        "seen": typed.seen if typed else now,
        "text": typed.text if typed else now,
        "is_ticked": typed.is_ticked if typed else False,
        "error": sentence(InvalidError("short_name", reason)) if reason else "",
    }
