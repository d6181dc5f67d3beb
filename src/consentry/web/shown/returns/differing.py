"""What changed since the last document that was received, as returns/submission.html shows it."""

from typing import Any

from consentry.rules.differing_documents import Difference, Differences
from consentry.web.sentences import counted, day, joined
from consentry.web.shown.returns.document import said_count

_MOST = 200


def shown_differences(found: Differences) -> dict[str, Any]:
    """The context that the template names `changes`."""
    return {
        "sentence": _sentence(found),
        "columns": ["Day", "Session", "Year group", "Code", "Before", "Now"],
        "rows": [_row(each) for each in found.counts[:_MOST]],
        "more": f"And {counted(len(found.counts) - _MOST, 'more')}." if len(found.counts) > _MOST else "",
    }


def _row(each: Difference) -> list[str]:
    where = each.session.value if each.session else "Roll"
    code = each.code or ("" if each.session is None else "All")
    return [day(each.day), where, each.year_group or "All", code, said_count(each.before), said_count(each.after)]


def _sentence(found: Differences) -> str:
    """What differs, in words: "2 registers taken since: 3 Nov AM and PM. 4 counts differ."."""
    said = []
    taken = [f"{day(each.day)} {each.session.value}" for each in found.taken if each.now]
    gone = [f"{day(each.day)} {each.session.value}" for each in found.taken if not each.now]
    if taken:
        said.append(f"{counted(len(taken), 'register')} taken since: {joined(taken)}.")
    if gone:
        said.append(f"{counted(len(gone), 'register')} without marks since: {joined(gone)}.")
    if found.counts:
        said.append(f"{counted(len(found.counts), 'count differs', 'counts differ')}.")
    if found.new_days:
        said.append(f"New in the window: {joined([day(each) for each in found.new_days])}.")
    if found.past_days:
        said.append(f"Not in it any more: {joined([day(each) for each in found.past_days])}.")
    return " ".join(said) or "Nothing: it says the same."
