"""A school with pupils and marks, through the real importers, and somebody who may send its returns."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from consentry.audit.reading import reading
from consentry.imports.sample.school import SampleSchool
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import Account
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.making import Made, make_return
from consentry.returns.models import Attempt, Collector, Consent, Submission
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.imports.applied import apply_ctf, apply_marks, sample_of
from tests.world import NOW, account_of, add_person, add_school

MONDAY = date(2025, 11, 3)
_numbers = count(1)


def at(day: date, hour: int = 14, minute: int = 5) -> datetime:
    """A time of day by the school's clock."""
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo("Europe/London"))


def school_of(pupils: int = 12, slug: str = "") -> tuple[Site, SampleSchool]:
    """A school and its pupils, without a single mark."""
    site = add_school(slug or f"attending-{next(_numbers)}")
    sample = sample_of(site, pupils)
    apply_ctf(site, sample)
    return site, sample


def mark(site: Site, rows: Iterable[tuple[str, date, str, str]]) -> None:
    """These marks are in the registers: UPN, day, AM or PM, code."""
    lines = [f"{upn},{day},{session},{code}" for upn, day, session, code in rows]
    apply_marks(site, "\n".join(["upn,date,session,code", *lines]).encode())


def all_present(sample: SampleSchool, *days: date) -> Iterator[tuple[str, date, str, str]]:
    """Everybody is there in both sessions of these days."""
    for day in days:
        for pupil in sample.pupils:
            yield pupil.upn, day, "AM", "/"
            yield pupil.upn, day, "PM", "\\"


def office_of(site: Site, name: str = "Tom Reed") -> Account:
    """Somebody of the office, who holds "Data Returns: Administer"."""
    email = f"{name.partition(' ')[0].lower()}@{site.slug}.example"
    return account_of(add_person(site, name, OFFICE, email=email), site)


def consent(site: Site, collector: Collector, *, by: Account | None = None, at: datetime = NOW) -> Consent:
    """The school consents to what the collector asks for."""
    return give_consent(site, collector.id, version=collector.version, by=by or office_of(site), at=at)


def made(site: Site, collector: Collector, today: date = MONDAY) -> Made:
    """What would be sent."""
    with reading(school_id(site)):
        return make_return(site, collector, today)


def submissions(site: Site) -> list[Submission]:
    """All of the school, the oldest first."""
    with reading(school_id(site)):
        return list(Submission.objects.filter(school=site).order_by("id"))


def attempts(submission: Submission) -> list[Attempt]:
    """What is on record of the attempts to send it."""
    with reading(SchoolId(submission.school_id)):
        return list(submission.tries.order_by("number"))
