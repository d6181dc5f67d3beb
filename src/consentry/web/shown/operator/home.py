"""The first page of the operator's desk, as operator/home.html shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.partners.queries.desk_apps import DeskApp
from consentry.partners.queries.desk_companies import DeskCompany
from consentry.partners.queries.listing import Page
from consentry.partners.queries.wishes import ListedWish
from consentry.rules.app_life import AppStage
from consentry.rules.company_life import CompanyState
from consentry.rules.trouble_life import TroubleState
from consentry.rules.wish_life import WishState
from consentry.web.desk_visit import DeskVisit
from consentry.web.sentences import counted, joined, moment

_FIRST_FEW = 5


@dataclass(frozen=True)
class Waiting:
    """What waits for the operator, the longest waiting first."""

    companies: Page[DeskCompany]
    apps: Page[DeskApp]
    wishes: Page[ListedWish]


@dataclass(frozen=True)
class Counts:
    """How many there are of everything."""

    companies: Mapping[CompanyState, int]
    apps: Mapping[AppStage, int]
    running: Mapping[str, int]
    wishes: Mapping[WishState, int]
    troubles: Mapping[TroubleState, int]
    not_received: int


def shown_desk(visit: DeskVisit, waiting: Waiting, counts: Counts) -> dict[str, Any]:
    """The context that the template names `home`."""
    companies, apps, wishes = waiting.companies, waiting.apps, waiting.wishes
    return {
        "sentence": _sentence(companies.total, apps.total, wishes.total),
        "companies": _needs(
            companies.total,
            reverse("desk-companies") + "?state=waiting",
            [
                _row(visit, each.name, reverse("desk-company", args=[each.id]), f"by {each.contact_name}", each.since)
                for each in companies.rows
            ],
        ),
        "apps": _needs(
            apps.total,
            reverse("desk-apps") + "?stage=submitted",
            [
                _row(visit, each.name, reverse("desk-app", args=[each.id]), f"by {each.company}", each.since)
                for each in apps.rows
            ],
        ),
        "wishes": _needs(
            wishes.total,
            reverse("desk-wishes") + "?state=asked",
            [
                _row(visit, each.app_name, reverse("desk-wish", args=[each.id]), f"for {each.school}", each.asked_at)
                for each in wishes.rows
            ],
        ),
        "figures": _figures(counts),
    }


def _sentence(companies: int, apps: int, wishes: int) -> str:
    parts = [
        counted(number, *nouns)
        for number, nouns in (
            (companies, ("company", "companies")),
            (apps, ("app", "apps")),
            (wishes, ("wish of a school", "wishes of schools")),
        )
        if number
    ]
    if not parts:
        return "Nothing waits for a decision."
    return f"{joined(parts)} {'waits' if companies + apps + wishes == 1 else 'wait'} for a decision."


def _needs(count: int, all_url: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"count": count, "all_url": all_url, "rows": rows[:_FIRST_FEW]}


def _row(visit: DeskVisit, title: str, url: str, detail: str, when: datetime) -> dict[str, Any]:
    return {"title": title, "url": url, "detail": detail, "when": moment(when, visit.at), "tag": None}


def _figures(counts: Counts) -> list[dict[str, str]]:
    companies, apps, wishes = reverse("desk-companies"), reverse("desk-apps"), reverse("desk-wishes")
    troubles = reverse("desk-troubles")
    rows = (
        (
            counts.companies[CompanyState.ACCEPTED],
            ("accepted company", "accepted companies"),
            companies,
            "state=accepted",
        ),
        (counts.running["live"], ("live app", "live apps"), apps, "running=live"),
        (counts.running["not-live"], ("accepted app not live", "accepted apps not live"), apps, "running=not-live"),
        (counts.running["suspended"], ("suspended app", "suspended apps"), apps, "running=suspended"),
        (counts.wishes[WishState.TALKING], ("question open", "questions open"), wishes, "state=talking"),
        (counts.wishes[WishState.BUILDING], ("wish being built", "wishes being built"), wishes, "state=building"),
        (
            counts.troubles[TroubleState.OPEN],
            ("reported problem open", "reported problems open"),
            troubles,
            "state=open",
        ),
        (
            counts.not_received,
            ("return not received today", "returns not received today"),
            reverse("desk-collectors"),
            "",
        ),
    )
    return [
        {
            "text": f"{number:,}",
            "label": nouns[0] if number == 1 else nouns[1],
            "url": f"{address}?{query}" if query else address,
        }
        for number, nouns, address, query in rows
    ]
