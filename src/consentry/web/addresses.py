"""The addresses of a site's pages, made in one place."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.urls import reverse

from consentry.partners.models import App
from consentry.partners.queries.own_apps import logo_digest
from consentry.rules.connection_life import State


def home(slug: str) -> str:
    """A site's home."""
    return reverse("home", args=[slug])


def listed(slug: str, state: State, **query: str) -> str:
    """The list of a site's connections in this state; empty values are left out of the query."""
    return reverse("partner-apps", args=[slug, state.value]) + _query(query)


def download(slug: str, kind: str, **query: str) -> str:
    """The file ("csv", "xlsx") of the site's apps, of all of them without a query."""
    return reverse("partner-apps-list", args=[slug, kind]) + _query(query)


def app(slug: str, connection_id: int) -> str:
    """The page of one connection."""
    return reverse("partner-app", args=[slug, connection_id])


def review(slug: str, connection_id: int) -> str:
    """The page of the review of one connection."""
    return reverse("partner-app-review", args=[slug, connection_id])


def receipt(slug: str, number: int) -> str:
    """The page of one receipt."""
    return reverse("receipt", args=[slug, number])


def logo(app_id: int, digest: str) -> str:
    """Where the app's logo is served, while it has this one; "" where it has none."""
    return reverse("logo", args=[app_id, digest]) if digest else ""


def logo_of(app: App) -> str:
    """The same of an app that came with its logo."""
    return logo(app.id, logo_digest(app))


def absolute(path: str) -> str:
    """The whole address of a path here, as the configuration names the service: no request can choose another."""
    return f"{settings.CONFIG.base_url}{path}"


def callback(provider: str) -> str:
    """Where an identity provider sends people back to: what is registered there."""
    return absolute(reverse("openid_connect_callback", args=[provider]))


def saml_answers(provider: str) -> str:
    """Where a SAML provider sends its answers to (the assertion consumer service)."""
    return absolute(reverse("saml_take_answer", args=[provider]))


def saml_entity(provider: str) -> str:
    """What we call ourselves to a SAML provider: the address of our metadata for it."""
    return absolute(reverse("saml_metadata", args=[provider]))


def _query(query: dict[str, str]) -> str:
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"?{kept}" if kept else ""


def safe_link(address: str) -> str:
    """A company's own address when it leads to the web, or "": no script ever stands behind a link."""
    try:
        return address if urlsplit(address).scheme in {"http", "https"} else ""
    except ValueError:
        return ""
