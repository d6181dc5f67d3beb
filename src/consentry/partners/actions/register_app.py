"""Register a company's app."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import slugify
from oauth2_provider.models import Application

from consentry.audit.actor import Actor
from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.details import check_description, check_email, check_name, check_reason, check_website
from consentry.partners.models import App, AppKind, Company
from consentry.rules.app_life import Category
from consentry.rules.invalid import InvalidError


@dataclass(frozen=True)
class NewApp:
    """What an app is registered with. `logo` names a picture of the product's own, or None for its initials.

    `countries` are codes (ISO 3166-1 alpha-2) of where data goes; `retention` says how long it is kept, "" for unsaid.
    """

    name: str
    description: str
    contact_email: str
    website: str
    kind: AppKind = AppKind.DIRECT
    is_live: bool = True
    logo: str | None = None
    category: Category = Category.OTHER
    countries: tuple[str, ...] = ()
    retention: str = ""


def register_app(company: Company, wanted: NewApp, *, by: Actor, at: datetime) -> App:
    """Register the app and give it its application user name.

    Raises InvalidError when the name is taken, and for details that cannot be.
    """
    check_name("name", wanted.name)
    check_description("description", wanted.description)
    check_email("contact_email", wanted.contact_email)
    check_website("website", wanted.website)
    if wanted.logo is not None:
        check_name("logo", wanted.logo)
    if wanted.retention:
        check_reason("retention", wanted.retention)
    with change(actor=by, at=at, school=None) as this:
        if App.objects.filter(name=wanted.name).exists():
            raise InvalidError("name", f"there is an app called {wanted.name} already")
        app = App.objects.create(
            company=company,
            name=wanted.name,
            description=wanted.description,
            contact_email=wanted.contact_email,
            website=wanted.website,
            kind=wanted.kind,
            is_live=wanted.is_live,
            logo=wanted.logo,
            category=wanted.category,
            countries=list(wanted.countries),
            retention=wanted.retention,
            application_user=name_for_programs(wanted.name),
            registered_at=at,
        )
        open_to_oauth(app)
        this.record(EventName.APP_REGISTERED, app, kind=app.kind, is_live=app.is_live)
    return app


def name_for_programs(name: str) -> str:
    """A new application user name: the app's own name as far as an address can hold it, and something nobody has."""
    return f"{slugify(name)[:60]}-{secrets.token_hex(4)}".lstrip("-")


def open_to_oauth(app: App) -> None:
    """The app's entry in the OAuth 2 server. Its secrets are ours (api/oauth/validator.py): the entry has none."""
    Application.objects.create(
        client_id=app.application_user,
        client_secret="",
        hash_client_secret=False,
        name=app.name,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
    )
