"""Companies as the operator's desk lists them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Expression, OrderBy
from django.db.models.functions import Coalesce, Lower

from consentry.partners.models import Company
from consentry.partners.queries.listing import Page, Wanted, place_of
from consentry.rules.company_life import CompanyState

SORTS = ("name", "contact", "apps", "since")
_MOST = 10_000


@dataclass(frozen=True)
class DeskCompany:
    """One company in the list. `since`: from when it stands so."""

    id: int
    name: str
    contact_name: str
    contact_email: str
    website: str
    state: CompanyState
    since: datetime
    apps: int


def count_companies() -> dict[CompanyState, int]:
    """How many companies stand in each state."""
    counted = dict(Company.objects.values_list("state").annotate(count=Count("id")).order_by())
    return {state: counted.get(state.value, 0) for state in CompanyState}


def list_companies(wanted: Wanted) -> Page[DeskCompany]:
    """The wanted page, filtered by `state`. Two queries."""
    found = _found(wanted)
    total = found.count()
    number, rows = place_of(wanted.page, total)
    return Page(tuple(_listed(each) for each in _sorted(found, wanted)[rows]), total, number)


def all_companies(wanted: Wanted) -> Iterator[DeskCompany]:
    """All pages of it."""
    return (_listed(each) for each in _sorted(_found(wanted), wanted)[:_MOST])


def company_by_id(company_id: int) -> Company:
    """The company. Raises Company.DoesNotExist."""
    return Company.objects.get(id=company_id)


def _found(wanted: Wanted) -> QuerySet[Company]:
    found = Company.objects.all()
    if wanted.q:
        q = wanted.q
        found = found.filter(
            Q(name__icontains=q)
            | Q(contact_name__icontains=q)
            | Q(contact_email__icontains=q)
            | Q(website__icontains=q)
        )
    return found.filter(state=wanted.chosen["state"]) if wanted.chosen.get("state") else found


def _sorted(found: QuerySet[Company], wanted: Wanted) -> QuerySet[Company]:
    shown = found.annotate(app_count=Count("apps"), since=Coalesce("state_since", "added_at"))
    keys: dict[str, Expression | F] = {
        "name": Lower("name"),
        "contact": Lower("contact_name"),
        "apps": F("app_count"),
        "since": F("since"),
    }
    return shown.order_by(OrderBy(keys[wanted.by], descending=wanted.descending), "id")


def _listed(each: Company) -> DeskCompany:
    return DeskCompany(
        id=each.id,
        name=each.name,
        contact_name=each.contact_name,
        contact_email=each.contact_email,
        website=each.website,
        state=CompanyState(each.state),
        since=each.since,  # type: ignore[attr-defined]
        apps=each.app_count,  # type: ignore[attr-defined]
    )
