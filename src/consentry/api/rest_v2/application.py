"""The surface itself: one function from a call to its reply."""

from dataclasses import dataclass
from functools import lru_cache
from http import HTTPMethod, HTTPStatus
from urllib.parse import quote

from consentry.api.authenticate import Unknown, authenticate
from consentry.api.exchange import Call, Reply
from consentry.api.rate_limit import RateLimit
from consentry.api.rest_v2 import id_map
from consentry.api.rest_v2.cursor import read_cursor
from consentry.api.rest_v2.links import link_header
from consentry.api.rest_v2.names import data_type_named, listing_root
from consentry.api.rest_v2.parameters import LARGEST_SIZE, PARAMETERS, Wanted, read_listing, read_single
from consentry.api.rest_v2.problems import QueryError
from consentry.api.rest_v2.replies import closed, failed, invalid, not_found, refused, unauthorized
from consentry.api.rest_v2.values import read_id
from consentry.connections.reading.line import TooCostlyError
from consentry.connections.reading.plans import UNKNOWN
from consentry.connections.reading.read import Answer, Caller, Door, read
from consentry.connections.reading.refuse import refuse
from consentry.connections.reading.statement import Statement
from consentry.rules.catalogue import DataType
from consentry.rules.identity import SchoolId

SURFACE = "rest-v2"
RECORDS_A_CALL = 1_000
"""A page counts as one call more for each thousand records: so many more ids go on record, for good."""

LONGEST_WITHHELD = 2_000
"""Characters of the header that names what is withheld: with that of the links it stays below what clients read."""

_READING = {HTTPMethod.GET, HTTPMethod.HEAD}
_WHO = {
    Unknown.NO_CREDENTIALS: "Send the application user and secret by HTTP Basic, or a bearer token.",
    Unknown.BAD_CREDENTIALS: "The application user or the secret is wrong.",
    Unknown.BAD_TOKEN: "The token is unknown or has expired.",
}


@dataclass(frozen=True)
class RestV2:
    """The surface with what the deployment chose: the limits, and whether answers wait for their record to be kept."""

    limit: RateLimit
    failures: RateLimit
    enter: Statement

    def answer(self, call: Call, school: SchoolId | None, steps: list[str], *, largest: int = LARGEST_SIZE) -> Reply:
        """The reply to a call at `steps` ([collection] or [collection, id]) of this site's surface.

        `largest` is the most records that a page may hold.
        """
        if call.method not in _READING:
            message = f"{call.method} is not possible here."
            return failed(405, message, kind="MethodNotAllowed", headers=[("Allow", "GET, HEAD")])
        caller = authenticate(call)
        if isinstance(caller, Unknown):
            return self._unknown(call, caller)
        if wait := self.limit.take(caller.app):
            return _too_many(wait)
        if school is None or not caller.may_be_at(school):
            return failed(404, "There is no such site.", kind="SiteNotFound")
        return self._at_site(call, caller, school, steps, largest)

    def _at_site(self, call: Call, caller: Caller, school: SchoolId, steps: list[str], largest: int) -> Reply:
        """From here on whatever is asked goes on record at the site, and what cannot be decided as refused."""
        data_type = data_type_named(steps[0]) if 1 <= len(steps) <= 2 else None  # noqa: PLR2004 - [collection, id]
        asks_for_map = data_type is None and id_map.is_id_map(steps)
        if data_type is None and not asks_for_map:
            return self._refuse(caller, school, UNKNOWN, "unknown address", _no_such_address(steps))
        try:
            if data_type is None:
                return self._id_map(call, caller, school, largest)
            if len(steps) == 1:
                wanted = read_listing(data_type, call.query, largest=largest)
                return self._page(call, caller, school, wanted, listing_root(data_type))
            return self._single(call, caller, school, data_type, steps[1])
        except QueryError as error:
            why = f"unreadable: {_noted_name(error.parameter)}"
            reply = invalid(f"{error.parameter[:200]}: {error.why}")
        except TooCostlyError:
            why = "too costly"
            reply = invalid("The answer takes too long to make: ask for smaller pages, or for less.")
        asked = data_type or _type_of_map(call)
        return self._refuse(caller, school, asked.name if asked else UNKNOWN, why, reply)

    def _refuse(self, caller: Caller, school: SchoolId, asked: str, why: str, reply: Reply) -> Reply:
        """The reply to a call that cannot be decided, once it is on record; before a closed door, the door's."""
        door = refuse(caller, school, asked, why, surface=SURFACE, enter=self.enter)
        return reply if door is Door.OPEN else closed(door)

    def _unknown(self, call: Call, why: Unknown) -> Reply:
        """Nobody was recognised: guessing is slowed down for each address that guesses."""
        if why is not Unknown.NO_CREDENTIALS and (wait := self.failures.take(call.environ.get("REMOTE_ADDR"))):
            return _too_many(wait)
        return unauthorized(_WHO[why])

    def _page(self, call: Call, caller: Caller, school: SchoolId, wanted: Wanted, root: str) -> Reply:
        values = wanted.values
        if wanted.cursor is not None:
            values = values | {"after": read_cursor(wanted.cursor, caller, school, wanted)}
        answer = read(caller, school, wanted.ask, values, surface=SURFACE, enter=self.enter)
        self.limit.charge(caller.app, answer.returned // RECORDS_A_CALL)
        if reply := _not_open(answer):
            return reply
        body = _listed(root, answer.pieces)
        link = link_header(_own_path(call.path), wanted, answer, caller, school)
        return Reply(200, body, headers=[("Link", link), *_withheld(answer)])

    def _id_map(self, call: Call, caller: Caller, school: SchoolId, largest: int) -> Reply:
        """A page of the id map; a site that was never wiped has an empty one."""
        wanted = id_map.read_query(call.query, largest=largest)
        reply = self._page(call, caller, school, wanted, id_map.ROOT)
        return id_map.as_csv(reply) if reply.status == HTTPStatus.OK and id_map.wants_csv(call) else reply

    def _single(self, call: Call, caller: Caller, school: SchoolId, data_type: DataType, one: str) -> Reply:
        ask = read_single(data_type, call.query)
        by_id = data_type.addressed_by == "id"
        number = read_id(one) if by_id else None
        values = {"one": one if not by_id else (0 if number is None else number)}
        answer = read(caller, school, ask, values, surface=SURFACE, enter=self.enter)
        if reply := _not_open(answer):
            return reply
        if answer.returned == 0:
            return not_found()
        return Reply(200, b'{"%s":%s}' % (data_type.root.encode(), answer.pieces[0]), headers=_withheld(answer))


def _type_of_map(call: Call) -> DataType | None:
    """The data type whose id map was asked for in a way that cannot be used, as far as it can be read."""
    try:
        return id_map.asked_type(call.query)
    except QueryError:
        return None


def _listed(root: str, pieces: tuple[bytes, ...]) -> bytes:
    """The listing, put together by one copy of what may be megabytes."""
    first, *others = pieces
    if not others:
        return b"".join((b'{"', root.encode(), b'":[', first, b"]}"))
    *between, last = others
    return b",".join((b'{"%s":[%s' % (root.encode(), first), *between, last + b"]}"))


def _no_such_address(steps: list[str]) -> Reply:
    """Says what is wrong with it: data types are documented, so that nothing is given away."""
    if len(steps) > 2:  # noqa: PLR2004 - [collection, id]
        return failed(404, "An address has a data type and at most one id or code.", kind="AddressNotFound")
    said = f"There is no data type {steps[0][:100]!r}." if steps else "The address names no data type."
    return failed(404, said, kind="DataTypeNotFound")


def _noted_name(parameter: str) -> str:
    """The parameter as it goes on record: its first word if it is one of ours, because callers choose the rest."""
    first = parameter.partition(".")[0]
    return first if first in PARAMETERS else UNKNOWN


@lru_cache(maxsize=1_000)
def _own_path(path: str) -> str:
    """The call's path as a relative reference. With two slashes in front its first step would be read as a host."""
    return "/" + quote(path.lstrip("/"))


def _not_open(answer: Answer) -> Reply | None:
    if answer.door is not Door.OPEN:
        return closed(answer.door)
    return refused(answer.disclosure) if answer.disclosure.is_refused else None


def _withheld(answer: Answer) -> list[tuple[str, str]]:
    names = answer.disclosure.withheld
    told = ", ".join(names)
    if len(told) > LONGEST_WITHHELD:
        told = told[:LONGEST_WITHHELD].rpartition(", ")[0]
        told += f", and {len(names) - told.count(', ') - 1} more"
    return [("Consentry-Withheld", told)] if told else []


def _too_many(wait: int) -> Reply:
    message = f"Too many calls: try again in {wait} second{'s' if wait > 1 else ''}."
    return failed(429, message, kind="TooManyRequests", headers=[("Retry-After", str(wait))])
