"""What a company says of an app of its own: held to what schools and the operator can be shown."""

from dataclasses import dataclass

from consentry.partners.details import check_description, check_email, check_name, check_reason, check_website
from consentry.partners.models import App
from consentry.rules.app_life import Category
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class AppDetails:
    """Who the app is. `countries` are codes (ISO 3166-1 alpha-2); `retention` says how long data is kept, and why."""

    name: str
    description: str
    category: Category
    contact_email: str
    website: str
    countries: tuple[str, ...]
    retention: str


def check_app(details: AppDetails) -> None:
    """Raise InvalidError for the first of them that cannot be."""
    check_name("name", details.name)
    check_description("description", details.description)
    check_email("contact_email", details.contact_email)
    check_website("website", details.website)
    check_reason("retention", details.retention)
    if not details.countries:
        raise InvalidError("countries", "name one country at least")


def details_of_app(app: App) -> AppDetails:
    """What the app says now."""
    return AppDetails(
        app.name, app.description, Category(app.category), app.contact_email, app.website, tuple(app.countries),
        app.retention,
    )  # fmt: skip
