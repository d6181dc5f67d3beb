"""Give a company its sandbox: a dummy school of invented people of its own, against which it builds."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, count
from typing import Final

from django.utils import timezone
from django.utils.text import slugify

from consentry.audit.actor import SYSTEM
from consentry.audit.change import Change, change
from consentry.audit.elsewhere import record_elsewhere
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.actions.approve_at_sandbox import approve_at_sandbox
from consentry.imports.actions.import_ctf import import_ctf
from consentry.imports.actions.import_marks import import_marks
from consentry.imports.actions.import_oneroster import import_oneroster
from consentry.imports.sample.awkward import with_awkward_people
from consentry.imports.sample.calendar import school_days
from consentry.imports.sample.school import SampleSchool, make_school
from consentry.partners.models import Company
from consentry.partners.queries.sandboxes import FILES, files_imported, sandbox_begun
from consentry.people.actions.add_roles import add_roles
from consentry.records.actions.load_code_lists import load_code_lists
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import PLATFORM
from consentry.schools.actions.add_site import NewSite, add_site, next_school_id
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id, slug_is_taken
from consentry.workflows.sandbox_people import match_sandbox_people

PUPILS: Final = 60
DAYS_OF_MARKS: Final = 10
_FIRST_URN: Final = 900_000
"""Above those that schools in England have: a company's own follows from its number."""
_LAESTAB: Final = "9994001"
_SEPTEMBER, _FIRST_DAY = 9, 3


def open_sandbox(company: Company, *, at: datetime) -> Site:
    """The company's sandbox: opened, filled, with its people and apps. What a run before did is not done again.

    Each step is a transaction of its own. The company has its sandbox when all of the school is there.
    """
    site = sandbox_begun(company) or _begin(company, at)
    with reading(school_id(site)):
        done = files_imported(school_id(site))
    for kind in FILES:
        if kind not in done:
            _import(kind, site, at)
    _finish(company, site, at)
    match_sandbox_people(company, at=at)
    for app in company.apps.filter(suspended_at=None, versions__isnull=False).select_related("company").distinct():
        approve_at_sandbox(app, site, asked_by=None, by=SYSTEM, at=at)
    return site


def _begin(company: Company, at: datetime) -> Site:
    """Open the site; the event on the platform's chain says whose it is, so that a later run goes on with it."""
    wanted = NewSite(
        _free_slug(company.name),
        f"{company.name} sandbox school",
        urn=str(_FIRST_URN + company.id),
        laestab=_LAESTAB,
        life=Life.DUMMY,
    )
    with change(actor=SYSTEM, at=at, school=next_school_id()) as this:
        site = add_site(this, wanted)
        add_roles(this, site)
        entries = load_code_lists(this, revision=take_revision(this))
        this.record(EventName.RECORDS_LOADED, site, entries=entries)
        _tell_platform(this, company, site)
    return site


def _tell_platform(this: Change, company: Company, site: Site) -> None:
    record_elsewhere(this, {PLATFORM: company}, EventName.SANDBOX_BEGUN, site=site.id, slug=site.slug)


def _free_slug(name: str) -> str:
    base = f"sandbox-{slugify(name)}"[:50].strip("-")
    slugs = chain([base], (f"{base}-{number}" for number in count(2)))
    return next(slug for slug in slugs if not slug_is_taken(slug))


def _finish(company: Company, site: Site, at: datetime) -> None:
    if company.sandbox_id is not None:
        return
    with change(actor=SYSTEM, at=at, school=None) as this:
        company.sandbox = site
        company.save(update_fields=["sandbox"])
        this.record(EventName.SANDBOX_OPENED, company, site=site.id)


def _import(kind: str, site: Site, at: datetime) -> None:
    today = timezone.localdate(at)
    school = sample_for(site, today)
    use_case, content = _STEPS[kind]
    use_case(site, io.BytesIO(content(school, today)), by=SYSTEM, at=at)


def sample_for(site: Site, today: date) -> SampleSchool:
    """The invented school of this site, the same for a whole school year."""
    year = today.year if today.month >= _SEPTEMBER else today.year - 1
    urn, laestab = str(site.urn), str(site.laestab)
    return with_awkward_people(make_school(int(urn), PUPILS, urn, laestab, site.name, school_year=year))


def _marks(school: SampleSchool, today: date) -> bytes:
    """Of the last days of school before today; in the first days of a year there are none yet."""
    first = date(school.plan.school_year, _SEPTEMBER, _FIRST_DAY)
    days = list(school_days(first, today - timedelta(days=1)))[-DAYS_OF_MARKS:]
    return school.marks(days[0], days[-1]) if days else b"upn,date,session,code,minutes_late\n"


_Step = tuple[Callable[..., object], Callable[[SampleSchool, date], bytes]]
_STEPS: Final[dict[str, _Step]] = {
    "ctf": (import_ctf, lambda school, _: school.ctf()),
    "oneroster": (import_oneroster, lambda school, _: school.oneroster()),
    "marks": (import_marks, _marks),
}


@dataclass(frozen=True)
class Progress:
    """How far a sandbox is: `done` of `total` steps, and what is being done now."""

    done: int
    total: int
    doing: str

    @property
    def is_ready(self) -> bool:
        """Whether there is nothing left to do."""
        return self.done == self.total


_DOING = ("Opening the site", "Pupils and their families", "Staff, courses and classes", "Attendance marks", "Ready")


def progress_of(company: Company) -> Progress:
    """How far the company's sandbox is, from what was committed."""
    total = len(FILES) + 2
    if company.sandbox_id is not None:
        return Progress(total, total, _DOING[-1])
    site = sandbox_begun(company)
    if site is None:
        return Progress(0, total, _DOING[0])
    with reading(school_id(site)):
        imported = len(files_imported(school_id(site)))
    return Progress(1 + imported, total, _DOING[min(1 + imported, len(_DOING) - 2)])
