"""System > SSO Settings: how a site's people sign in, and who vouches for them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.people.actions.change_sign_in_settings import change_sign_in_settings
from consentry.people.actions.remove_identity_provider import remove_identity_provider
from consentry.people.actions.set_identity_provider import set_identity_provider
from consentry.people.queries.identity_providers import Provider, providers_of, settings_of
from consentry.rules.identity_providers import Vouching
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.saml_provider import SamlForm
from consentry.web.forms.sign_in_settings import FORMS, ProviderForm, SignInForm
from consentry.web.shell import Place, shell
from consentry.web.shown.sso_settings import NAMES, missing, shown_provider, shown_providers
from consentry.web.sign_in_facts import client_address
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def sso_settings(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The switches and the providers of a site. POST saves the switches."""
    visit.require(Page.SSO_SETTINGS)
    if request.method != "POST":
        return _settings_page(request, visit, SignInForm(initial=_as_they_are(visit), here=client_address(request)))
    form = SignInForm(request.POST, here=client_address(request))
    if form.is_valid() and carried_out(visit, Page.SSO_SETTINGS, form, lambda: _save(visit, form)):
        messages.success(request, "The sign-in settings are saved. They hold from now on.")
        return HttpResponseRedirect(reverse("sso-settings", args=[visit.site.slug]), status=303)
    return _settings_page(request, visit, form)


@answers(*LOOKING, "POST")
@at_site
def sso_provider(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """One identity provider: how it is set up. POST sets it up or changes it."""
    visit.require(Page.SSO_SETTINGS)
    vouching = Vouching(kind)
    found = providers_of(visit.school).get(vouching)
    form = _form_of(request, vouching, found)
    if missing(vouching) or request.method != "POST":
        return _provider_page(request, visit, found, form)
    if form.is_valid() and carried_out(visit, Page.SSO_SETTINGS, form, lambda: _set_up(visit, form)):
        messages.success(request, f"{NAMES[vouching]} is set up. {_next_step(visit)}")
        return HttpResponseRedirect(reverse("sso-settings", args=[visit.site.slug]), status=303)
    return _provider_page(request, visit, found, form)


@answers(*LOOKING, "POST")
@at_site
def sso_provider_remove(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """What taking the provider away means. POST takes it away."""
    visit.require(Page.SSO_SETTINGS)
    vouching = Vouching(kind)
    found = providers_of(visit.school).get(vouching)
    if found is None:
        raise Http404
    if request.method != "POST":
        context = {"shell": shell(visit, Place.SSO_SETTINGS), "provider": shown_provider(visit, vouching, found)}
        return render(request, "sso_settings/remove.html", context)
    try:
        remove_identity_provider(visit.site, vouching, by=visit.account, at=visit.at)
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(Page.SSO_SETTINGS, lost.missing)) from lost
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    messages.success(request, f"{NAMES[vouching]} is removed. Nobody signs in here through it any more.")
    return HttpResponseRedirect(reverse("sso-settings", args=[visit.site.slug]), status=303)


def _save(visit: Visit, form: SignInForm) -> None:
    change_sign_in_settings(visit.site, form.switches(), by=visit.account, at=visit.at)


def _form_of(request: HttpRequest, kind: Vouching, found: Provider | None) -> ProviderForm | SamlForm:
    sent = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    if kind is Vouching.SAML:
        return SamlForm(**sent, initial=_as_saml_is(found))
    return FORMS[kind](**sent, initial=_as_it_is(found), has_secret=found is not None)


def _set_up(visit: Visit, form: ProviderForm | SamlForm) -> None:
    set_identity_provider(visit.site, form.details(), by=visit.account, at=visit.at)


def _as_they_are(visit: Visit) -> dict[str, Any]:
    found = settings_of(visit.school)
    return {
        "sso_on": found.sso_on,
        "second_factor_demanded": found.second_factor_demanded,
        "second_factor_skipped_for_sso": found.second_factor_skipped_for_sso,
        "addresses_on_site": "\n".join(found.addresses_on_site),
    }


def _as_it_is(found: Provider | None) -> dict[str, str]:
    if found is None:
        return {}
    return {"client_id": found.client_id, "tenant": found.tenant, "hosted_domain": found.hosted_domain}


def _as_saml_is(found: Provider | None) -> dict[str, str] | None:
    if found is None or found.saml is None:
        return None
    return {
        "client_id": found.client_id,
        "sign_on_url": found.saml.sign_on_url,
        "certificates": "\n".join(each.pem.strip() for each in found.saml.certificates),
        "email_attribute": found.saml.email_attribute,
        "name": found.saml.name,
    }


def _next_step(visit: Visit) -> str:
    if settings_of(visit.school).sso_on:
        return "Staff can sign in through it now."
    return "Switch single sign-on on, so that staff can sign in through it."


def _settings_page(request: HttpRequest, visit: Visit, form: SignInForm) -> HttpResponse:
    found = providers_of(visit.school)
    context = {
        "shell": shell(visit, Place.SSO_SETTINGS),
        "form": form,
        "action": reverse("sso-settings", args=[visit.site.slug]),
        "providers": list(shown_providers(visit, found)),
        "sign_in_url": request.build_absolute_uri(reverse("site-sign-in", args=[visit.site.slug])),
    }
    return render(request, "sso_settings/settings.html", context)


def _provider_page(
    request: HttpRequest, visit: Visit, found: Provider | None, form: ProviderForm | SamlForm
) -> HttpResponse:
    context = {
        "shell": shell(visit, Place.SSO_SETTINGS),
        "form": form,
        "provider": shown_provider(visit, form.kind, found),
    }
    page = "sso_settings/saml.html" if form.kind is Vouching.SAML else "sso_settings/provider.html"
    return render(request, page, context)
