"""Changes of marks that came too late to be sent, as returns/page.html shows them."""

from datetime import date
from typing import Any

from django.urls import reverse

from consentry.returns.queries.late_changes import LateChanges
from consentry.rules.attendance_codes import BY_MARK
from consentry.rules.pages import Page
from consentry.web.sentences import counted, day, moment
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit

_COLUMNS = (("Day", ""), ("Session", ""), ("Before", ""), ("Now", ""), ("Marks", "number"), ("Changed", "time"))


def shown_late(visit: Visit, found: LateChanges, collector: str) -> dict[str, Any]:
    """The context that the template names `late`."""
    return {
        "sentence": _sentence(found, collector),
        "columns": [{"label": label, "kind": kind} for label, kind in _COLUMNS],
        "rows": [
            {
                "day": day(each.day),
                "url": register_url(visit, each.day),
                "session": each.session,
                "before": _code(each.before),
                "after": _code(each.after),
                "count": f"{each.count:,}",
                "when": moment(each.at, visit.at),
            }
            for each in found.rows
        ],
        "is_more": found.is_more,
    }


def _sentence(found: LateChanges, collector: str) -> str:
    if not found.rows:
        return "No mark has changed too late to be sent in the last twelve weeks."
    marks = counted(sum(each.count for each in found.rows), "mark")
    which = f"The last {marks} of many" if found.is_more else marks
    return (
        f"{which} of the last twelve weeks changed, or came into the register, after the last sending that told of "
        f"their day. Your register has them; {collector} keeps what it was told last."
    )


def register_url(visit: Visit, on: date) -> str:
    """The registers of the day, for who may open them; "" for others."""
    if not visit.may(Page.REGISTERS):
        return ""
    return with_query(reverse("registers", args=[visit.site.slug]), {"day": on.isoformat()})


def _code(mark: str | None) -> dict[str, str]:
    """The code with what it stands for."""
    if mark is None:
        return {"code": "", "words": "No mark"}
    return {"code": mark, "words": BY_MARK[mark].description if mark in BY_MARK else ""}
