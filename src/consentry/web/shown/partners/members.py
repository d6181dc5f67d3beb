"""The people of a company, as partners/members.html shows them and as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.partners.models import CompanyMember
from consentry.partners.queries.listing import Page, Wanted
from consentry.rules.company_roles import CompanyAct, CompanyRole
from consentry.web.company_visit import CompanyVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.partners.lists import MEMBERS
from consentry.web.sentences import moment
from consentry.web.shown.listing import Column, Listing, shown_listing


def shown_members(visit: CompanyVisit, wanted: Wanted, page: Page[CompanyMember]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    number = visit.company.id
    files = (
        reverse("company-members-file", args=[number, "csv"]),
        reverse("company-members-file", args=[number, "xlsx"]),
    )
    columns = (
        Column("Name", "name"),
        Column("Email", "email"),
        Column("Role", "role"),
        Column("Since", "since"),
        Column("Actions"),
    )
    address = reverse("company-members", args=[number])
    listing = Listing(address, files, ("member", "members"), columns, MEMBERS, {"role": "Role"})
    return shown_listing(listing, wanted, page) | {"rows": [_row(visit, each) for each in page.rows]}


def member_table(rows: Iterable[CompanyMember]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield "Name", "Email", "Role", "Since"
    for each in rows:
        since = f"{timezone.localtime(each.joined_at):%Y-%m-%d %H:%M}"
        yield each.user.name, each.user.email, CompanyRole(each.role).label, since


def _row(visit: CompanyVisit, each: CompanyMember) -> dict[str, Any]:
    args, may, is_own = [visit.company.id, each.id], visit.may(CompanyAct.ADMINISTER), each.id == visit.member.id
    return {
        "name": each.user.name,
        "email": each.user.email,
        "role": CompanyRole(each.role).label,
        "since": moment(each.joined_at, visit.at),
        "is_own": is_own,
        "role_url": reverse("company-member-role", args=args) if may else "",
        "remove_url": reverse("company-member-remove", args=args) if may or is_own else "",
    }
