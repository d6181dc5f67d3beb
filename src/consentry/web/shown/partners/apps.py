"""A company's apps as a list."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from consentry.partners.models import App
from consentry.partners.queries.listing import Page, Wanted
from consentry.rules.app_life import AppStage, Category
from consentry.web.addresses import logo_of
from consentry.web.company_visit import CompanyVisit
from consentry.web.downloads.table import Cell
from consentry.web.forms.partners.lists import APPS
from consentry.web.sentences import moment
from consentry.web.shown.apps_list import initials
from consentry.web.shown.listing import Column, Listing, shown_listing
from consentry.web.shown.partners.app import app_tags

_FILE_COLUMNS = ("App", "Category", "Kind", "With the operator", "Live", "Suspended", "Since", "Name for programs")


def shown_app_list(visit: CompanyVisit, wanted: Wanted, page: Page[App]) -> dict[str, Any]:
    """The context that the template names `listing`."""
    number = visit.company.id
    files = (
        reverse("company-apps-file", args=[number, "csv"]),
        reverse("company-apps-file", args=[number, "xlsx"]),
    )
    columns = (Column("App", "name"), Column("Category", "category"), Column("State"), Column("Since", "since", "time"))
    labels = {"stage": "With the operator"}
    listing = Listing(reverse("company-apps", args=[number]), files, ("app", "apps"), columns, APPS, labels)
    since = [{"since": moment(each.since, visit.at)} for each in page.rows]  # type: ignore[attr-defined]
    rows = [shown | more for shown, more in zip(shown_apps(page.rows), since, strict=True)]
    return shown_listing(listing, wanted, page) | {"rows": rows}


def app_table(rows: Iterable[App]) -> Iterator[tuple[Cell, ...]]:
    """The heading and a line for each; times are in the site's time, as 2026-11-03 14:05."""
    yield _FILE_COLUMNS
    for each in rows:
        yield (
            each.name, Category(each.category).label, each.get_kind_display(), AppStage(each.stage).label,
            "Yes" if each.is_live else "No", "Yes" if each.suspended_at else "No",
            f"{timezone.localtime(each.since):%Y-%m-%d %H:%M}", each.application_user,  # type: ignore[attr-defined]
        )  # fmt: skip


def shown_apps(apps: Iterable[App]) -> list[dict[str, Any]]:
    """Each with its logo, where it stands, and its page."""
    return [
        {
            "name": app.name,
            "initials": initials(app.name),
            "logo_url": logo_of(app),
            "category": Category(app.category).label,
            "tags": app_tags(app),
            "url": reverse("company-app", args=[app.company_id, app.id]),
        }
        for app in apps
    ]
