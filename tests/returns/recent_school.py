"""A school whose attendance is asked for: Asha takes registers and administers data returns, Tom looks on.

For what tells of today, whatever day that is: everything lies in a school year that began sixty days ago.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from consentry.audit.reading import reading
from consentry.collector.serving import Running
from consentry.people.models import Account, User
from consentry.records.actions.mark_register import mark_register
from consentry.records.models import (
    AcademicLevel,
    AcademicLevelMembership,
    AcademicYear,
    CurriculumGrade,
    EducationalInstitutionEnrolment,
    Person,
    Student,
)
from consentry.records.queries.registers import pupils_of
from consentry.records.roll_call import UNMARKED, Entry, PlannedEntry, RollCall
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.models import Collector, Submission
from consentry.rules.attendance_codes import Session
from consentry.rules.jurisdictions import Jurisdiction, is_working_day
from consentry.rules.return_answers import Outcome
from consentry.rules.return_runs import Run
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.returns.a_collector import add_collector
from tests.returns.a_school import submissions
from tests.world import account_of, add_person, add_school
from tests.world_records import writing

PUPILS = 6


def working_day(back: int = 0) -> date:
    """So many working days before the last one that there was; today is one where it works."""
    day = timezone.localdate()
    while back or not is_working_day(day, Jurisdiction.ENGLAND):
        back -= is_working_day(day, Jurisdiction.ENGLAND)
        day -= timedelta(days=1)
    return day


@dataclass
class Oakfield:
    """The school of six pupils in year 7, and what it sends to the collector."""

    site: Site
    collector: Collector
    asha: User
    tom: User
    pupils: list[int]
    running: Running | None = None

    @property
    def office(self) -> Account:
        return account_of(self.asha, self.site)

    def consent(self, at: datetime | None = None) -> None:
        """Asha gives consent."""
        version = self.collector.version
        give_consent(self.site, self.collector.id, version=version, by=self.office, at=at or timezone.now())

    def mark(self, day: date, session: str, codes: str, at: datetime | None = None) -> None:
        """Asha gives each pupil the code of their place; a blank leaves them as they are."""
        call = RollCall(None, day, Session(session))
        with reading(school_id(self.site)):
            seen = {each.id: each.entry for each in pupils_of(school_id(self.site), call)}
        plan = [
            PlannedEntry(pupil, seen.get(pupil, UNMARKED), Entry(code))
            for pupil, code in zip(self.pupils, codes, strict=False)
            if code != " "
        ]
        mark_register(self.site, call, plan, reason="A parent rang", by=self.office, at=at or timezone.now())

    def present(self, *days: date) -> None:
        """Everybody is there in both sessions of these days."""
        for day in days:
            self.mark(day, "AM", "/" * PUPILS)
            self.mark(day, "PM", "\\" * PUPILS)

    def make(self, run: Run = Run.MORNING, day: date | None = None, at: datetime | None = None) -> Submission:
        """A submission is made for this run."""
        wanted = Wanted(run, day or working_day())
        made = make_submission(self.site, self.collector.id, wanted, at=at or timezone.now())
        assert made is not None
        return made

    def send(self, at: datetime | None = None) -> Outcome | None:
        """One attempt to send what waits."""
        ca_file = self.running.ca_file if self.running else None
        return send_submission(school_id(self.site), self.collector.id, ca_file=ca_file, at=at or timezone.now())

    @property
    def submissions(self) -> list[Submission]:
        return submissions(self.site)

    def add_pupil(self, *, year_group: bool = True) -> int:
        """One more pupil, on roll for sixty days, with or without a year group."""
        with writing(self.site) as every:
            number = len(self.pupils)
            person = Person.objects.create(legal_first_name=f"F{number}", legal_last_name=f"L{number}", **every)
            student = Student.objects.create(person=person, **every)
            began = timezone.localdate() - timedelta(days=60)
            EducationalInstitutionEnrolment.objects.create(student=student, entry_date=began, **every)
            if year_group:
                (level,) = AcademicLevel.objects.filter(school=self.site)
                AcademicLevelMembership.objects.create(student=student, academic_level=level, start_date=began, **every)
        self.pupils.append(student.id)
        return student.id


def open_school(running: Running | None = None, called: str = "oakfield", **said: Any) -> Oakfield:
    """The school and a collector that asks it, as the operator says."""
    site = add_school(called, "Oakfield School")
    today = timezone.localdate()
    with writing(site) as every:
        year = AcademicYear.objects.create(
            code="now", start_date=today - timedelta(days=60), end_date=today + timedelta(days=300), **every
        )
        grade = CurriculumGrade.objects.get(school=site, code="7")
        AcademicLevel.objects.create(academic_level_name="Year 7", academic_year=year, curriculum_grade=grade, **every)
    asha = add_person(site, email=f"asha@{called}.example")
    tom = add_person(site, "Tom Reed", None, email=f"tom@{called}.example")
    made = Oakfield(site, add_collector(running, **said), asha, tom, [], running)
    for _ in range(PUPILS):
        made.add_pupil()
    return made
