"""Published rows of the national statistics, marked pupil by pupil and sent: all comes out to the last session.

And the replay of late changes: what the collector holds in the end is the register's state for every mark that was
changed within the window, and the old one for those changed later.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import chain, repeat
from random import Random
from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.collector.serving import Running
from consentry.imports.actions.import_marks import import_marks
from consentry.imports.sample.school import SampleSchool
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.models import Collector
from consentry.rules.attendance_codes import BY_MARK, Session, code_fault
from consentry.rules.attendance_payload import by_code, by_year_group
from consentry.rules.attendance_rates import attendance_of
from consentry.rules.jurisdictions import Jurisdiction, is_working_day
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.returns.a_collector import AtCollector, add_collector
from tests.returns.a_school import MONDAY, at, consent, made, mark, school_of

# Pupil attendance in schools, state-funded secondary schools of Rutland (local authority 857), 12 September 2025.
RUTLAND = (
    date(2025, 9, 12),
    2_934,
    {
        "/": 2_710, "\\": 2_710, "L": 53, "I": 192, "M": 17, "S": 2, "T": 2, "E": 10, "C": 24, "C2": 12, "B": 11,
        "P": 1, "K": 14, "G": 2, "U": 4, "O": 94,
    },
    Fraction(5_499, 5_858),
)  # fmt: skip
# All schools of England, Monday 8 September 2025: each code's sessions in ten thousand of the country's, rounded down.
ENGLAND = {
    "/": 6_321_741, "\\": 6_439_632, "L": 185_461, "I": 215_575, "M": 36_318, "R": 267, "S": 33, "T": 1_404, "H": 6,
    "E": 7_293, "C": 59_591, "C1": 273, "J1": 638, "C2": 22_863, "B": 18_060, "P": 1_793, "V": 17_244, "W": 1_238,
    "K": 4_102, "G": 77_124, "U": 18_053, "O": 166_921, "N": 28_643,
}  # fmt: skip
A_SCHOOL = {code: count // 10_000 for code, count in ENGLAND.items() if count >= 10_000}
OLD_NAMES = {"K": "B", "C1": "C", "C2": "C", "J1": "J"}
"""What the codes that came in August 2024 were recorded as before."""


def before_august_2024(row: Mapping[str, int]) -> dict[str, int]:
    """The same sessions by the codes of the regulations of 2006."""
    sums: dict[str, int] = {}
    for code, count in row.items():
        sums[OLD_NAMES.get(code, code)] = sums.get(OLD_NAMES.get(code, code), 0) + count
    return sums


def spread(row: Mapping[str, int], pupils: int) -> Iterator[tuple[str, str]]:
    """A morning's and an afternoon's code for each pupil, such that the sessions of each code are the row's.

    What is left of a day's sessions was not possible for the pupil (X), as the difference to the roll in the row.
    """
    either = chain.from_iterable(repeat(code, row[code]) for code in row if BY_MARK[code].session is None)
    mornings = [*repeat("/", row["/"])]
    afternoons = [*repeat("\\", row["\\"])]
    for code in either:
        (mornings if len(mornings) < pupils else afternoons).append(code)
    for session in (mornings, afternoons):
        session.extend(repeat("X", pupils - len(session)))
    yield from zip(mornings, reversed(afternoons), strict=True)


ROWS = {
    "Rutland, September 2025": RUTLAND,
    "a school like the country, September 2025": (date(2025, 9, 8), 700, A_SCHOOL, None),
    "a school like the country, before August 2024": (date(2024, 7, 8), 700, before_august_2024(A_SCHOOL), None),
}


@pytest.mark.parametrize("name", ROWS)
def test_a_published_row_comes_out_exactly(database: str, name: str) -> None:
    """DS-09, DS-10. Imports, counts, rates, totals and identities, by the codes that were in force on the day."""
    day, pupils, row, rate = ROWS[name]
    site, sample = enrolled(pupils, day)
    marked = zip(sample.pupils, spread(row, pupils), strict=True)
    mark(site, chain.from_iterable(((each.upn, day, "AM", am), (each.upn, day, "PM", pm)) for each, (am, pm) in marked))

    sent = made(site, add_collector(), day)
    assert sent.payload is not None
    told = sent.payload.days[-1]
    counted = [by_code(session) for session in told.sessions]
    sums = {code: sum(each.get(code, 0) for each in counted) for code in row}
    assert sums == dict(row)
    assert told.on_roll == sum(each.count for each in told.roll) == pupils
    for session in told.sessions:
        assert sum(by_year_group(session).values()) == session.total == pupils
        assert by_year_group(session) == {each.year_group: each.count for each in told.roll}
        assert all(code_fault(code, day, session.session) is None for code in by_code(session))
    attendance = attendance_of(sums)
    assert attendance.possible == sum(row.values())
    assert attendance.attended + attendance.absent == attendance.possible
    assert attendance.late == row["L"] + row["U"]
    assert attendance.unauthorised == sum(row.get(code, 0) for code in ("G", "U", "O", "N"))
    assert rate is None or attendance.rate == rate


def enrolled(pupils: int, day: date) -> tuple[Site, SampleSchool]:
    """A school with so many pupils who were on roll on the day."""
    return school_of(pupils) if day.year == MONDAY.year else school_of_year(pupils)


def school_of_year(pupils: int) -> tuple[Site, SampleSchool]:
    """The same of the school year that ended in July 2024."""
    from consentry.imports.sample.school import make_school
    from tests.imports.applied import apply_ctf
    from tests.world import add_school

    site = add_school(f"earlier-{pupils}")
    sample = make_school(7, pupils, str(site.urn), str(site.laestab), site.name, school_year=2023)
    apply_ctf(site, sample)
    return site, sample


class Replay:
    """A school's registers over successive days, a collector that is sent to every day, and what was known when."""

    def __init__(self, running: Running, site: Site, sample: SampleSchool, collector: Collector) -> None:
        self.running, self.site, self.collector = running, site, collector
        self.upns = [each.upn for each in sample.pupils]
        self.register: dict[tuple[str, date, str], str] = {}

    def mark(self, rows: Iterable[tuple[str, date, str, str]], now: datetime) -> None:
        """Into the registers, by the real importer, and into our own book."""
        lines = ["upn,date,session,code"]
        for upn, day, session, code in rows:
            self.register[upn, day, session] = code
            lines.append(f"{upn},{day},{session},{code}")
        import_marks(self.site, io.BytesIO("\n".join(lines).encode()), by=OPERATOR, at=now)

    def send(self, day: date, run: Run, now: datetime) -> None:
        make_submission(self.site, self.collector.id, Wanted(run, day), at=now)
        ca_file = self.running.ca_file
        assert send_submission(school_id(self.site), self.collector.id, ca_file=ca_file, at=now) is Outcome.RECEIVED

    def counts(self, day: date) -> dict[str, dict[str, int]]:
        """The sessions of the day by code as the registers have them now."""
        sums: dict[str, dict[str, int]] = {"AM": {}, "PM": {}}
        for (_, on, session), code in self.register.items():
            if on == day:
                sums[session][code] = sums[session].get(code, 0) + 1
        return sums


def held(day: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The same as the collector holds it."""
    sums: dict[str, dict[str, int]] = {}
    for session in day["sessions"]:
        codes = sums.setdefault(session["session"], {})
        for each in session["marks"]:
            codes[each["code"]] = codes.get(each["code"], 0) + each["count"]
    return sums


def working_days(first: date, count: int) -> list[date]:
    days = (first + timedelta(days=ahead) for ahead in range(count * 3))
    return [day for day in days if is_working_day(day, Jurisdiction.ENGLAND)][:count]


def test_the_collector_ends_with_what_was_changed_in_time_and_nothing_later(
    database: str, running: Running, collector_side: AtCollector
) -> None:
    """DS-21, DS-22. Seed 003: the API collects changes for up to 8 working days; those made later are not sent.

    Twenty working days, two runs a day; every day some marks of the last twelve working days change, as N marks do in
    the weeks after they were made.
    """
    collector = add_collector(running)
    site, sample = school_of(12)
    consent(site, collector)
    replay, random = Replay(running, site, sample, collector), Random(11)  # noqa: S311 -- marks, not secrets
    days = working_days(date(2025, 9, 8), 20)
    expected: dict[date, dict[str, dict[str, int]]] = {}
    late = 0

    for place, today in enumerate(days):
        replay.mark(
            ((upn, today, "AM", random.choice(["/", "/", "/", "L", "N", "I"])) for upn in replay.upns), at(today, 9)
        )
        replay.send(today, Run.MORNING, at(today, 12))
        replay.mark(((upn, today, "PM", random.choice(["\\", "\\", "N"])) for upn in replay.upns), at(today, 13))
        window = days[max(0, place - 7) : place + 1]
        for _ in range(4):
            day = random.choice(days[max(0, place - 12) : place + 1])
            session = random.choice(["AM", "PM"])
            upn = random.choice(replay.upns)
            code = random.choice(["O", "M", "I", "C", (Session(session) is Session.AM and "/") or "\\"])
            late += day not in window and replay.register[upn, day, session] != code
            replay.mark([(upn, day, session, code)], at(today, 14))
        replay.send(today, Run.AFTERNOON, at(today, 16))
        expected |= {day: replay.counts(day) for day in window}

    collected = {date.fromisoformat(each["date"]): held(each) for each in collector_side.days(str(site.urn))}
    assert {day: collected[day] for day in days} == expected
    changed_too_late = [day for day in days if replay.counts(day) != expected[day]]
    assert late > 0
    assert changed_too_late, "some changes came too late, and the collector has the old marks"
    assert all(day < days[-8] for day in changed_too_late)
