"""What only never changes is kept in the process: a version's rows, and the statement compiled for a shape of ask."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.connections.reading.door import GATE, behind_door, closed_door
from consentry.connections.reading.statement import Statement, Value
from consentry.partners.models import PermissionSetVersion
from consentry.records.catalogue import catalogue
from consentry.records.compiling.id_map import FORMER_ID, compile_id_map
from consentry.records.compiling.page import compile_page
from consentry.rules.asks import Ask
from consentry.rules.connection_life import State
from consentry.rules.disclosure import Disclosure, Reason, Refusal, decide
from consentry.rules.grants import Grants
from consentry.rules.identity import SchoolId

MOST_PLANS = 1000
MOST_SQL = 8 * 1024 * 1024
"""Callers choose the shapes, so the number of compiled plans and the characters of SQL that they have together are
bounded: those unused for longest go."""

MOST_NAMES_NOTED = 20
"""How many of the names that a refused call may not use go on record."""

UNKNOWN = "(unknown)"
"""Stands on record for a name that nothing has here: events hold no text that callers chose."""

NO_VERSION = 0
"""Stands for a connection without a version in force: nothing is granted."""

ONCE = "force_generic_plan"
"""PostgreSQL plans the statement once a connection. Left to itself it plans each page anew, which takes longer than
reading it, because it thinks that a page of unknown size is a tenth of the table."""


@dataclass(frozen=True)
class Plan:
    """One shape of ask under one version: what may be seen or why not, and the statement.

    `planning` is ONCE where no value of the call can make another plan the better one: where nothing is filtered.
    `sorting` is "off" where the rows are wanted as the key has them: planned once for a school of average size, the
    page of a large one would be the whole school read and sorted.
    `noted` are the values that a refused call puts on record.
    """

    disclosure: Disclosure
    statement: Statement
    planning: str = "auto"
    sorting: str = "on"
    noted: Mapping[str, Value] = field(default_factory=dict)


_plans: OrderedDict[tuple[int, Ask, str, bool], Plan] = OrderedDict()
_lock = Lock()


def plan_of(version: int, ask: Ask, surface: str, *, is_large: bool = False) -> Plan:
    """The plan for this shape, compiled at its first use; large pages have one of their own."""
    key = (version, ask, surface, is_large)
    with _lock:
        if plan := _plans.get(key):
            _plans.move_to_end(key)
            return plan
    plan = _make_plan(version, ask, surface, is_large=is_large)
    if plan.disclosure.is_refused:  # its names are the caller's own: not worth keeping
        return plan
    with _lock:
        _plans[key] = plan
        _make_room()
    return plan


def _make_room() -> None:
    characters = sum(len(plan.statement.sql) for plan in _plans.values())
    while len(_plans) > MOST_PLANS or characters > MOST_SQL:
        _, gone = _plans.popitem(last=False)
        characters -= len(gone.statement.sql)


def _make_plan(version: int, ask: Ask, surface: str, *, is_large: bool) -> Plan:
    disclosure = decide(ask, grants_of(version), catalogue())
    if disclosure.is_refused:
        return _refused_plan(ask, disclosure, surface)
    page = compile_id_map(ask, gate=GATE) if ask.former else compile_page(ask, disclosure, gate=GATE)
    fields = [FORMER_ID] if ask.former else _told(ask, disclosure)
    statement = behind_door(page, surface=surface, data_type=ask.data_type, fields=fields, is_large=is_large)
    if ask.filters:
        return Plan(disclosure, statement)
    return Plan(disclosure, statement, planning=ONCE, sorting="on" if ask.order else "off")


def _refused_plan(ask: Ask, disclosure: Disclosure, surface: str) -> Plan:
    """What a refused call runs: nothing but the record of it, with the first of the names that it may not use."""
    named = [_as_noted(each) for each in disclosure.refused[:MOST_NAMES_NOTED]]
    why = f"{disclosure.refused[0].reason.value}: {named[0]}"
    return Plan(disclosure, closed_door(surface), noted={"why": why, "data_type": ask.data_type, "fields": named})


def _as_noted(refusal: Refusal) -> str:
    """What was named, in the catalogue's words: a name that it does not have is whatever the caller wrote."""
    data_type = catalogue().get(refusal.data_type)
    if data_type is None:
        return UNKNOWN
    is_known = refusal.field in data_type.fields
    return data_type.name if refusal.field is None else f"{data_type.name}.{refusal.field if is_known else UNKNOWN}"


def refused_unread(data_type: str, why: str, surface: str) -> Plan:
    """The same for a call that did not become an ask."""
    nothing = Disclosure(data_type, {}, frozenset(), (), (Refusal((), Reason.UNREADABLE, data_type),))
    return Plan(nothing, closed_door(surface), noted={"why": why, "data_type": data_type, "fields": []})


def _told(ask: Ask, disclosure: Disclosure) -> list[str]:
    """Every field that the answer tells something of: shown, part of a displayName, filtered or sorted on."""
    shown = [(*path, name) for path, names in disclosure.shown.items() for name in names]
    named = [(*path, "displayName") for path in disclosure.shown if path in disclosure.named]
    used = [path or ("tags",) for path in ask.used]
    return list(dict.fromkeys(".".join(path) for path in (*shown, *named, *used)))


@lru_cache(maxsize=500)
def grants_of(version: int) -> Grants:
    """The rows of a published version: they never change."""
    if version == NO_VERSION:
        return {}
    return PermissionSetVersion.objects.get(id=version).grants()


_hints: dict[tuple[int, int], int] = {}


def version_hint(school: SchoolId, app: int) -> int:
    """The version that was in force when last seen: a guess, which the statement checks."""
    hint = _hints.get((school, app))
    if hint is None:
        with reading(school):
            approved = Connection.objects.filter(school_id=school, app_id=app, state=State.APPROVED)
            found = approved.values_list("version_id", flat=True).first()
        hint = _hints[school, app] = found or NO_VERSION
    return hint


def forget_version(school: SchoolId, app: int, now_in_force: int | None) -> None:
    """The guess was wrong: this one is in force, or none. Where none is, nothing is compiled until one is again."""
    _hints[school, app] = now_in_force or NO_VERSION
