"""Counting a school's attendance for a return: one statement, however many pupils and marks there are."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from django.db import connection

from consentry.returns.queries.counts_sql import COUNTS
from consentry.rules.attendance_codes import Session
from consentry.rules.gathered import GatheredDay, GatheredMarks
from consentry.rules.identity import SchoolId

_SESSIONS: Final = {each.value: each for each in Session}


def count_attendance(school: SchoolId, days: Sequence[date]) -> tuple[GatheredDay, ...]:
    """The pupils on roll and the marks of each of these days, as they stand. Call it in `reading` of the site.

    A pupil counts once a day however many enrolments they have, in the year group that they were in that day.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {"school": school, "days": list(days)})
        return tuple(_days(cursor.fetchall()))


def _days(rows: Iterable[tuple[date, Any, Any]]) -> Iterator[GatheredDay]:
    for day, roll, marks in rows:
        yield GatheredDay(
            day,
            tuple((group, count) for group, count in roll),
            tuple(
                GatheredMarks(_SESSIONS[session], group, code, on_roll, count)
                for session, group, code, on_roll, count in marks
            ),
        )
