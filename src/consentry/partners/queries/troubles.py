"""Reports that an app does not work: of one app at a site, of a company, and of all for the operator's desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Lower

from consentry.partners.models import Company, TroubleNote, TroubleReport
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.rules.identity import SchoolId
from consentry.rules.trouble_life import TroubleKind, TroubleState
from consentry.schools.models import Site

SORTS = ("app", "school", "reported")
_MOST = 10_000
_LATEST = 10


@dataclass(frozen=True)
class ListedTrouble:
    """One report in a list."""

    id: int
    app: int
    app_name: str
    company: str
    school: str
    is_dummy: bool
    kind: TroubleKind
    by: str
    at: datetime
    state: TroubleState


def locked_trouble(report_id: int, *, company: Company | None = None, site: Site | None = None) -> TroubleReport:
    """The report, locked until the open change ends; of this company or site alone where one is given.

    Raises TroubleReport.DoesNotExist, for another company's or site's too.
    """
    locked = TroubleReport.objects.select_for_update(no_key=True, of=("self",))
    return _of(locked.select_related("app__company", "school"), company, site).get(id=report_id)


def trouble_with(report_id: int, *, company: Company | None = None, site: Site | None = None) -> TroubleReport:
    """The same to look at, with who reported it and what the company was told by."""
    return _of(_whole(), company, site).get(id=report_id)


def site_of_trouble(report_id: int) -> Site:
    """Whose report it is. Raises TroubleReport.DoesNotExist."""
    return TroubleReport.objects.select_related("school").get(id=report_id).school


def notes_of_trouble(report: TroubleReport) -> list[TroubleNote]:
    """What was said since, the oldest first."""
    return list(report.notes.order_by("at", "id"))


def open_trouble(school: SchoolId, app_id: int) -> TroubleReport | None:
    """The site's report about this app that is not settled: there is one at most."""
    return _whole().filter(school=school, app=app_id).exclude(state=TroubleState.SETTLED).first()


def latest_troubles(school: SchoolId, app_id: int) -> list[TroubleReport]:
    """The site's last reports about this app, the newest first. One query."""
    return list(_whole().filter(school=school, app=app_id).order_by("-at", "-id")[:_LATEST])


def reported_since(school: SchoolId, app_id: int, since: datetime) -> int:
    """How many reports the site has made about this app since then."""
    return TroubleReport.objects.filter(school=school, app=app_id, at__gt=since).count()


def count_open(company: Company) -> int:
    """How many reports wait for this company's answer."""
    return _of(TroubleReport.objects.all(), company, None).filter(state=TroubleState.OPEN).count()


def unsettled_troubles(app_id: int) -> list[ListedTrouble]:
    """The last reports about this app that are not settled, the newest first. One query."""
    unsettled = _whole().filter(app=app_id).exclude(state=TroubleState.SETTLED)
    return [_listed(each) for each in unsettled.order_by("-at", "-id")[:_LATEST]]


def count_troubles() -> dict[TroubleState, int]:
    """How many reports of all sites stand in each state."""
    counted = dict(TroubleReport.objects.values_list("state").annotate(count=Count("id")).order_by())
    return {state: counted.get(state.value, 0) for state in TroubleState}


def list_troubles(wanted: Wanted, company: Company | None = None) -> Page[ListedTrouble]:
    """The wanted page of the company's reports, or of all (None), filtered by `state` and `app`. Two queries."""
    found = _found(wanted, company)
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(_listed(each) for each in _sorted(found, wanted)[rows]), total, number)


def all_troubles(wanted: Wanted, company: Company | None = None) -> Iterator[ListedTrouble]:
    """All pages of it."""
    return (_listed(each) for each in _sorted(_found(wanted, company), wanted)[:_MOST])


def _of(found: QuerySet[TroubleReport], company: Company | None, site: Site | None) -> QuerySet[TroubleReport]:
    if company is not None:
        found = found.filter(app__company=company)
    return found.filter(school=site) if site is not None else found


def _whole() -> QuerySet[TroubleReport]:
    return TroubleReport.objects.select_related("app__company", "school", "reported_by", "letter")


def _found(wanted: Wanted, company: Company | None) -> QuerySet[TroubleReport]:
    found = _of(_whole(), company, None)
    if wanted.q:
        named = Q(app__name__icontains=wanted.q) | Q(school__name__icontains=wanted.q)
        found = found.filter(named if company else named | Q(app__company__name__icontains=wanted.q))
    return found.filter(state=wanted.chosen["state"]) if wanted.chosen.get("state") else found


def _sorted(found: QuerySet[TroubleReport], wanted: Wanted) -> QuerySet[TroubleReport]:
    keys: dict[str, Expression | F] = {"app": Lower("app__name"), "school": Lower("school__name"), "reported": F("at")}
    return found.order_by(OrderBy(keys[wanted.by], descending=wanted.descending), "id")


def _listed(each: TroubleReport) -> ListedTrouble:
    return ListedTrouble(
        id=each.id,
        app=each.app_id,
        app_name=each.app.name,
        company=each.app.company.name,
        school=each.school.name,
        is_dummy=each.school.is_dummy,
        kind=TroubleKind(each.kind),
        by=each.reported_by.name,
        at=each.at,
        state=TroubleState(each.state),
    )
