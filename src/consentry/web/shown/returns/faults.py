"""What keeps a return back, as returns/faults.html shows it: alike faults together, with what mends them all."""

from collections.abc import Iterable
from typing import Any, Final

from consentry.rules.assembling_payloads import FoundFault
from consentry.rules.pages import Page
from consentry.rules.telling_faults import ToldFault, told_fault
from consentry.web.sentences import counted, day
from consentry.web.shown.returns.late import register_url
from consentry.web.visit import Visit

_MOST: Final = 50


def shown_faults(visit: Visit, faults: Iterable[FoundFault]) -> list[dict[str, Any]]:
    """The faults by what mends them, with the ways to the registers for who may open them."""
    alike: dict[str, list[ToldFault]] = {}
    for told in map(told_fault, faults):
        alike.setdefault(told.mend, []).append(told)
    return [
        {
            "whats": [each.what for each in found[:_MOST]],
            "more": f"And {counted(len(found) - _MOST, 'more')}." if len(found) > _MOST else "",
            "mend": mend,
            "links": _links(visit, found),
        }
        for mend, found in alike.items()
    ]


def _links(visit: Visit, found: list[ToldFault]) -> list[dict[str, str]]:
    days = sorted({each.day for each in found if each.page is Page.REGISTERS})
    links = [{"url": register_url(visit, each), "label": f"Registers of {day(each)}"} for each in days]
    return [each for each in links if each["url"]]
