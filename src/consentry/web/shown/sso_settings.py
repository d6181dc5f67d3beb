"""What the SSO Settings pages of a site show."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from consentry.people.queries.identity_providers import Provider, next_slug
from consentry.people.queries.people_linked import PAGE_SIZE, LinkedPeople, count_linked
from consentry.rules.identity_providers import Vouching
from consentry.web import addresses
from consentry.web.sentences import moment
from consentry.web.shown.paging import paging
from consentry.web.visit import Visit

NAMES = {Vouching.GOOGLE: "Google", Vouching.MICROSOFT: "Microsoft"}
WHERE = {Vouching.GOOGLE: "the Google Cloud console", Vouching.MICROSOFT: "the Microsoft Entra admin center"}


def shown_providers(visit: Visit, found: dict[Vouching, Provider]) -> Iterator[dict[str, Any]]:
    """Google and Microsoft as the list names them, set up or not."""
    for kind in Vouching:
        provider = found.get(kind)
        yield {
            "name": NAMES[kind],
            "url": reverse("sso-provider", args=[visit.site.slug, kind.value]),
            "is_set_up": provider is not None,
            "facts": facts(provider, visit.at) if provider else [],
        }


def shown_provider(visit: Visit, kind: Vouching, found: Provider | None) -> dict[str, Any]:
    """One of them on its own page. Until it is set up, the callback address is that of the one to come."""
    coming = addresses.callback(next_slug(visit.site, kind))
    return {
        "kind": kind.value,
        "name": NAMES[kind],
        "where": WHERE[kind],
        "is_set_up": found is not None,
        "facts": facts(found, visit.at) if found else [],
        "callback": addresses.callback(found.slug) if found else coming,
        "next_callback": coming,
        "action": reverse("sso-provider", args=[visit.site.slug, kind.value]),
        "remove_url": reverse("sso-provider-remove", args=[visit.site.slug, kind.value]),
        "people_url": reverse("sso-people", args=[visit.site.slug, kind.value]),
        "people_count": count_linked(found) if found else 0,
        "back_url": reverse("sso-settings", args=[visit.site.slug]),
    }


def facts(provider: Provider, at: datetime) -> list[dict[str, Any]]:
    """What was entered, but for the secret, as rows of components/summary_list.html."""
    said = {
        "Client ID": provider.client_id,
        "Tenant ID": provider.tenant,
        "Hosted domain": provider.hosted_domain,
        "Redirect address": addresses.callback(provider.slug),
    }
    since = {"label": "Set up", "text": "", "when": moment(provider.added_at, at)}
    return [{"label": label, "text": text} for label, text in said.items() if text] + [since]


def shown_people(visit: Visit, provider: Provider, people: LinkedPeople, q: str) -> dict[str, Any]:
    """The people whom a provider knows, each with a button to unlink them."""
    slug, kind = visit.site.slug, provider.kind.value
    address = reverse("sso-people", args=[slug, kind])
    return {
        "q": q,
        "action": address,
        "people": [
            {
                "name": each.user.name,
                "email": each.profile_email or each.user.email,
                "since": moment(getattr(each, "linked_at"), visit.at),  # noqa: B009 - annotated by the query
                "unlink_url": reverse("sso-unlink", args=[slug, kind, each.id]),
            }
            for each in people.accounts
        ],
        "columns": [{"label": label} for label in ("Name", "E-mail", "Linked", "Change")],
        "pagination": paging(
            people.number,
            people.total,
            PAGE_SIZE,
            "linked account",
            lambda number: f"{address}?{urlencode({'q': q, 'page': number} if q else {'page': number})}",
        ),
    }
