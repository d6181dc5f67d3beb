"""Link headers of a listing (RFC 8288): the first, the previous and the next page."""

from urllib.parse import urlencode

from consentry.api.rest_v2.cursor import write_cursor
from consentry.api.rest_v2.parameters import Wanted
from consentry.connections.reading.read import Answer, Caller
from consentry.rules.identity import SchoolId


def link_header(path: str, wanted: Wanted, answer: Answer, caller: Caller, school: SchoolId) -> str:
    """Relative references with commas percent-encoded, because strict clients split the header at them.

    In the order of ids the next page is named by a cursor, so that it neither misses nor repeats a record when others
    come and go meanwhile; in another order by its number.
    """
    links = [_link(path, [*wanted.others], "first")]
    if wanted.number > 1:
        links.append(_link(path, [*wanted.others, ("page-number", str(wanted.number - 1))], "prev"))
    if answer.count == wanted.size and answer.last is not None:
        links.append(_link(path, [*wanted.others, _next(wanted, answer.last, caller, school)], "next"))
    return ", ".join(links)


def _next(wanted: Wanted, last: int, caller: Caller, school: SchoolId) -> tuple[str, str]:
    if wanted.ask.order is not None or wanted.number > 1:
        return "page-number", str(wanted.number + 1)
    return "cursor", write_cursor(last, caller, school, wanted)


def _link(path: str, pairs: list[tuple[str, str]], relation: str) -> str:
    query = f"?{urlencode(pairs)}" if pairs else ""
    return f'<{path}{query}>; rel="{relation}"'
