"""Changes of marks that came too late to be sent: counted, without pupils. Call it in `reading` of the site."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from consentry.returns.models import Collector
from consentry.rules.attendance_codes import BY_CODE, StatisticalClass
from consentry.rules.identity import SchoolId
from consentry.rules.sending_times import Sending, sent_until

MOST: Final = 25
"""Lines that are told, the newest first."""

_READ: Final = 500
"""Lines that are read for that: some of them change nothing that is sent."""

_DAYS: Final = """
select distinct c.record_date from records_markchange c
where c.school_id = %(school)s
    and c.revision >= (select min(number) from records_revision where school_id = %(school)s and at >= %(since)s)
"""
_LATE: Final = """
with late as materialized (
    select c.record_date, c.session, c.before, c.after, r.number, r.at, count(*) as marks
    from records_markchange c
    join records_revision r on r.school_id = c.school_id and r.number = c.revision
    join unnest(%(days)s::date[], %(moments)s::timestamptz[]) as d (day, until)
        on d.day = c.record_date and (d.until is null or r.at > d.until)
    where c.school_id = %(school)s
        and c.revision >= (select min(number) from records_revision where school_id = %(school)s and at >= %(since)s)
        and r.at < coalesce(%(until)s, 'infinity'::timestamptz)
        and c.before is distinct from c.after
    group by c.record_date, c.session, c.before, c.after, r.number, r.at
)
select l.record_date, l.session, l.before, l.after, l.at, l.marks from late l
where not exists (
    select 1 from returns_submission m
    where m.school_id = %(school)s and m.collector_id = %(collector)s and m.state = 'received'
        and m.made_at > l.at and l.record_date between m.first_day and m.day
)
order by l.number desc, l.record_date desc, l.session, l.before, l.after
limit %(most)s
"""


@dataclass(frozen=True)
class LateChange:
    """So many marks of a session that changed from one code to another (None: no mark) at one moment, too late."""

    day: date
    session: str
    before: str | None
    after: str | None
    count: int
    at: datetime


@dataclass(frozen=True)
class LateChanges:
    """The newest of them, and whether there are more than are told."""

    rows: tuple[LateChange, ...]
    is_more: bool


def late_changes(
    school: SchoolId, collector: Collector, sending: Sending, since: datetime, until: datetime | None = None
) -> LateChanges:
    """What changed from `since` on, and before `until` where that is said, too late to be sent. Two queries.

    What a person sent by hand in time is told. Marks that were imported for the first time have no history.
    """
    said: dict[str, Any] = {"school": school, "collector": collector.id, "since": since, "until": until, "most": _READ}
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, said)
        days = [day for (day,) in cursor.fetchall()]
        moments = [sent_until(day, sending) for day in days]
        cursor.execute(_LATE, said | {"days": days, "moments": moments})
        lines = cursor.fetchall()
    found = [
        LateChange(day, session, _mark(before), _mark(after), count, at)
        for day, session, before, after, at, count in lines
        if _counted(before) != _counted(after)
    ]
    return LateChanges(tuple(found[:MOST]), len(found) > MOST or len(lines) == _READ)


def _mark(code: str | None) -> str | None:
    """The mark as a register shows it; a code that is none of the list is its own."""
    return BY_CODE[code].mark if code in BY_CODE else code


def _counted(code: str | None) -> str | None:
    """The mark that is sent for it, None where none is."""
    known = BY_CODE.get(code or "")
    if known is None:
        return code
    return None if known.statistical is StatisticalClass.ADMINISTRATIVE else known.parent or known.mark
