"""What the SSO Settings pages of a site show."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.people.certificates import Certificate
from consentry.people.queries.identity_providers import Provider, next_slug
from consentry.people.queries.people_linked import count_linked
from consentry.people.saml_support import EXTRA, is_saml_installed
from consentry.rules.identity_providers import Vouching
from consentry.web import addresses
from consentry.web.sentences import counted, full_day, moment
from consentry.web.visit import Visit

NAMES = {Vouching.GOOGLE: "Google", Vouching.MICROSOFT: "Microsoft", Vouching.SAML: "SAML"}
WHERE = {
    Vouching.GOOGLE: "the Google Cloud console",
    Vouching.MICROSOFT: "the Microsoft Entra admin center",
    Vouching.SAML: "the provider’s own console",
}
_NOT_INSTALLED = f"SAML is not offered here, because it is not installed. Your operator can install {EXTRA}."


def name_of(provider: Provider) -> str:
    """What people know the provider by."""
    return provider.saml.name if provider.saml else NAMES[provider.kind]


def shown_providers(visit: Visit, found: dict[Vouching, Provider]) -> Iterator[dict[str, Any]]:
    """Each kind of provider as the list names it, set up or not."""
    for kind in Vouching:
        provider = found.get(kind)
        yield {
            "name": NAMES[kind],
            "url": reverse("sso-provider", args=[visit.site.slug, kind.value]),
            "is_set_up": provider is not None,
            "facts": facts(provider, visit.at) if provider else [],
            "missing": missing(kind),
            "warning": warning(provider, visit.at) if provider else "",
        }


def shown_provider(visit: Visit, kind: Vouching, found: Provider | None) -> dict[str, Any]:
    """One of them on its own page. Until it is set up, the addresses to register are those of the one to come."""
    coming = next_slug(visit.site, kind)
    return {
        "kind": kind.value,
        "name": NAMES[kind],
        "where": WHERE[kind],
        "is_set_up": found is not None,
        "facts": facts(found, visit.at) if found else [],
        "register": to_register(found.slug if found else coming, kind),
        "register_next": to_register(coming, kind),
        "missing": missing(kind),
        "warning": warning(found, visit.at) if found else "",
        "action": reverse("sso-provider", args=[visit.site.slug, kind.value]),
        "remove_url": reverse("sso-provider-remove", args=[visit.site.slug, kind.value]),
        "people_url": reverse("sso-people", args=[visit.site.slug, kind.value]),
        "people_count": count_linked(found) if found else 0,
        "back_url": reverse("sso-settings", args=[visit.site.slug]),
    }


def missing(kind: Vouching) -> str:
    """Why nobody can sign in through a provider of this kind here, whatever a site sets up; "" where they can."""
    return _NOT_INSTALLED if kind is Vouching.SAML and not is_saml_installed() else ""


def to_register(slug: str, kind: Vouching) -> dict[str, str]:
    """The addresses that the provider of this name is told of us, by what providers call them."""
    if kind is not Vouching.SAML:
        return {"callback": addresses.callback(slug)}
    return {"entity": addresses.saml_entity(slug), "answers": addresses.saml_answers(slug)}


def warning(provider: Provider, at: datetime) -> str:
    """What has to be done soon so that people can still sign in through it, "" for nothing."""
    certificates = provider.saml.certificates if provider.saml else ()
    if not certificates or not all(each.ends_soon(at) for each in certificates):
        return ""
    last = max(each.ends_at for each in certificates)
    if last <= at:
        return f"The certificate ended on {full_day(last)}: nobody can sign in through it. Enter the next one."
    left = counted((last - at).days, "day")
    return f"The certificate ends on {full_day(last)}, in {left}. Enter the one that takes over from it beside it."


def facts(provider: Provider, at: datetime) -> list[dict[str, Any]]:
    """What was entered, but for the secret, as rows of components/summary_list.html."""
    since = {"label": "Set up", "text": "", "when": moment(provider.added_at, at)}
    if provider.saml:
        said = {
            "Entity ID": provider.client_id,
            "Sign-on address": provider.saml.sign_on_url,
            "Email in": provider.saml.email_attribute,
            "Name": provider.saml.name,
        }
        plain = [{"label": label, "text": text} for label, text in said.items()]
        return [*plain, *map(_certificate, provider.saml.certificates), since]
    said = {
        "Client ID": provider.client_id,
        "Tenant ID": provider.tenant,
        "Hosted domain": provider.hosted_domain,
        "Redirect address": addresses.callback(provider.slug),
    }
    return [{"label": label, "text": text} for label, text in said.items() if text] + [since]


def _certificate(each: Certificate) -> dict[str, Any]:
    text = f"{each.subject}, until {full_day(each.ends_at)}"
    return {"label": "Certificate", "text": text, "detail": f"SHA-256 {each.fingerprint}"}
