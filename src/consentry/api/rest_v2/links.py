"""Link headers of a listing (RFC 8288): the first, the previous and the next page."""

from consentry.api.rest_v2.cursor import write_cursor
from consentry.api.rest_v2.parameters import Wanted
from consentry.connections.reading.read import Answer, Caller
from consentry.rules.identity import SchoolId

LONGEST_OF_THREE = 3_000
"""Characters of a carried query that are written up to three times; longer ones are once, for the page that an app
needs to go on. So the header is below 14 KiB."""


def link_header(path: str, wanted: Wanted, answer: Answer, caller: Caller, school: SchoolId) -> str:
    """Relative references with commas percent-encoded, because strict clients split the header at them.

    In the order of ids the next page is named by a cursor, so that it neither misses nor repeats a record when others
    come and go meanwhile; in another order by its number. Of a long query there is one link: the next, else the first.
    """
    links = [_link(path, wanted.carried, "", "first")]
    if wanted.number > 1:
        links.append(_link(path, wanted.carried, f"page-number={wanted.number - 1}", "prev"))
    if answer.returned == wanted.size and answer.last is not None:
        links.insert(0, _link(path, wanted.carried, _next(wanted, answer.last, caller, school), "next"))
    return ", ".join(links if len(wanted.carried) <= LONGEST_OF_THREE else links[:1])


def _next(wanted: Wanted, last: int, caller: Caller, school: SchoolId) -> str:
    if wanted.ask.order is not None or wanted.number > 1:
        return f"page-number={wanted.number + 1}"
    return "cursor=" + write_cursor(last, caller, school, wanted).replace(":", "%3A")  # else letters, digits, - _ .


def _link(path: str, carried: str, own: str, relation: str) -> str:
    query = "&".join(filter(None, (carried, own)))
    return f'<{path}?{query}>; rel="{relation}"' if query else f'<{path}>; rel="{relation}"'
