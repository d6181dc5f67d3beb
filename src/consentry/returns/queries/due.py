"""What is to be done now, at all schools: runs whose time has come, submissions that wait, consents that are over.

The few questions across sites are functions of the database (migration 0002).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from consentry.returns.models import Collector
from consentry.rules.identity import SchoolId
from consentry.rules.jurisdictions import Jurisdiction
from consentry.rules.return_runs import KINGDOM, Run


@dataclass(frozen=True)
class Due:
    """A run of a day that is to be made for a school."""

    school: SchoolId
    run: Run
    day: date


def runs_due(collector: Collector, now: datetime) -> list[Due]:
    """The runs of today whose time has come and that nobody made, at the schools whose return may be sent."""
    today, jurisdiction = now.astimezone(KINGDOM).date(), Jurisdiction(collector.jurisdiction)
    found = []
    for school, made in _schools_asked(collector, today):
        due = collector.schedule.due(school, jurisdiction, now)
        if due is not None and due[0] not in made:
            found.append(Due(school, *due))
    return found


def _schools_asked(collector: Collector, day: date) -> list[tuple[SchoolId, list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute("select school_id, made from returns_schools_asked(%s, %s)", [collector.id, day])
        return [(SchoolId(school), made) for school, made in cursor.fetchall()]


def schools_asked(collector: Collector, day: date) -> list[SchoolId]:
    """The schools whose return may be sent to it now."""
    return [school for school, _ in _schools_asked(collector, day)]


def submissions_waiting(now: datetime) -> list[tuple[SchoolId, int]]:
    """The schools and the ids of collectors for which something waits whose time has come."""
    with connection.cursor() as cursor:
        cursor.execute("select school_id, collector_id from returns_waiting(%s)", [now])
        return [(SchoolId(school), collector) for school, collector in cursor.fetchall()]


def left_waiting() -> list[tuple[SchoolId, int]]:
    """The schools and the ids of collectors for which something waits that is discontinued."""
    with connection.cursor() as cursor:
        cursor.execute("select school_id, collector_id from returns_left_waiting()")
        return [(SchoolId(school), collector) for school, collector in cursor.fetchall()]


def consents_to_end() -> list[tuple[SchoolId, int]]:
    """The schools and the ids of consents that are over: the collector is, or asks for more than they cover."""
    with connection.cursor() as cursor:
        cursor.execute("select school_id, consent_id from returns_consents_to_end()")
        return [(SchoolId(school), consent) for school, consent in cursor.fetchall()]
