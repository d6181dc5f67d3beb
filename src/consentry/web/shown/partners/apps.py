"""A company's apps as a list."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from consentry.partners.models import App
from consentry.rules.app_life import Category
from consentry.web.addresses import logo_of
from consentry.web.shown.apps_list import initials
from consentry.web.shown.partners.app import app_tags


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
