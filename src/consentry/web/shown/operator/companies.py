"""Companies, as operator/companies.html and operator/company.html show them, and as a file."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.partners.models import Company, CompanyLetter, CompanyMember
from consentry.partners.queries.desk_apps import DeskApp
from consentry.partners.queries.desk_companies import DeskCompany
from consentry.partners.queries.listing import Page, Wanted
from consentry.rules.company_life import COMPANY_MOVES, CompanyMove, CompanyState, Declined
from consentry.rules.company_roles import CompanyRole
from consentry.web import addresses
from consentry.web.desk_visit import DeskVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.operator.lists import COMPANIES
from consentry.web.sentences import moment, moment_or_none
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.operator.apps import stage_tag

TONES = {CompanyState.WAITING: "notice", CompanyState.ACCEPTED: "good", CompanyState.DECLINED: "bad"}
_FILE_COLUMNS = ("Company", "Contact", "Email", "Website", "State", "Since", "Apps")


def shown_companies(visit: DeskVisit, wanted: Wanted, page: Page[DeskCompany]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    files = (reverse("desk-companies-file", args=["csv"]), reverse("desk-companies-file", args=["xlsx"]))
    columns = (
        Column("Company", "name"),
        Column("Contact", "contact"),
        Column("State"),
        Column("Apps", "apps", "number"),
        Column("Since", "since", "time"),
    )
    listing = Listing(
        reverse("desk-companies"), files, ("company", "companies"), columns, COMPANIES, {"state": "State"}
    )
    return shown_listing(listing, wanted, page) | {"rows": [_row(visit, each) for each in page.rows]}


def companies_table(rows: Iterable[DeskCompany]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        since = f"{timezone.localtime(each.since):%Y-%m-%d %H:%M}"
        yield (each.name, each.contact_name, each.contact_email, each.website, each.state.label, since, each.apps)


def shown_company(
    visit: DeskVisit, company: Company, apps: list[DeskApp], people: list[CompanyMember], letters: list[CompanyLetter]
) -> dict[str, Any]:
    """The context that operator/company.html takes besides the shell's."""
    state = CompanyState(company.state)
    return {
        "company": {
            "name": company.name,
            "tag": {"label": state.label, "tone": TONES[state]},
            "facts": _facts(visit, company),
            "note": company.state_note,
            "declined_for": Declined(company.declined_for).label if company.declined_for else "",
            "accept_url": _act(company, state, CompanyMove.ACCEPT, "desk-company-accept"),
            "decline_url": _act(company, state, CompanyMove.DECLINE, "desk-company-decline"),
            "invite_url": reverse("desk-company-invite", args=[company.id]),
        },
        "apps": [
            {"name": each.name, "url": reverse("desk-app", args=[each.id]), "tag": stage_tag(each)} for each in apps
        ],
        "people": [
            {"name": each.user.name, "email": each.user.email, "role": CompanyRole(each.role).label} for each in people
        ],
        "letters": [_letter(visit, each) for each in letters],
    }


def _act(company: Company, state: CompanyState, move: CompanyMove, route: str) -> str:
    return reverse(route, args=[company.id]) if (state, move) in COMPANY_MOVES else ""


def _facts(visit: DeskVisit, company: Company) -> list[dict[str, Any]]:
    def fact(label: str, text: str, url: str = "", detail: str = "") -> dict[str, Any]:
        return {"label": label, "text": text, "url": url, "when": None, "detail": detail}

    def link(label: str, address: str) -> dict[str, Any]:
        return fact(label, address or "Not given", addresses.safe_link(address))

    dpo = company.protection_contact_email
    return [
        fact("Contact", company.contact_name, detail=company.contact_email),
        fact("Data protection contact", company.protection_contact_name or "Not given", detail=dpo),
        link("Website", company.website),
        link("Privacy notice", company.privacy_notice),
        link("Processing agreement", company.processing_agreement),
        _when("Registered", visit, company.added_at),
        _when("As it stands since", visit, company.state_since or company.added_at),
    ]


def _when(label: str, visit: DeskVisit, when: datetime) -> dict[str, Any]:
    return {"label": label, "text": "", "url": "", "when": moment(when, visit.at), "detail": ""}


def _letter(visit: DeskVisit, letter: CompanyLetter) -> dict[str, Any]:
    return {
        "title": letter.title,
        "made": moment(letter.made_at, visit.at),
        "mailed": moment_or_none(letter.mailed_at, visit.at),
    }


def _row(visit: DeskVisit, each: DeskCompany) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": reverse("desk-company", args=[each.id]),
        "contact": each.contact_name,
        "email": each.contact_email,
        "tag": {"label": each.state.label, "tone": TONES[each.state]},
        "apps": f"{each.apps:,}",
        "since": moment(each.since, visit.at),
    }
