"""The two addresses of single sign-on by OpenID Connect: on to a site's provider, of any kind, and back from it."""

import logging

from allauth.core.ratelimit import consume
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from consentry.people.queries.identity_providers import offered_provider
from consentry.project.sign_in.openid import SiteProvider
from consentry.project.sign_in.saml_views import begin_saml
from consentry.project.sign_in.site_app import site_app
from consentry.rules.identity_providers import Vouching
from consentry.web.answers import LOOKING, answers
from consentry.web.pages.site_sign_in import leaving, not_let_in
from consentry.web.shown.single_sign_on import Broken
from consentry.web.way_back import way_back

_log = logging.getLogger(__name__)


@answers(*LOOKING, "POST")
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """On to the provider, from a button of the site's own sign-in page; whoever opens the address is led to that."""
    try:
        found = offered_provider(provider_id)
    except ObjectDoesNotExist:
        return not_let_in(request, Broken.NOT_OFFERED, None)
    slug = found.site.slug
    if request.method != "POST":
        return HttpResponseRedirect(reverse("site-sign-in", args=[slug]))
    if not consume(request, action="single_sign_on"):
        return not_let_in(request, Broken.TOO_MANY, found)
    if found.kind is Vouching.SAML:
        return begin_saml(request, found, way_back(request, slug))
    provider = SiteProvider(request, site_app(found))
    try:
        answer = provider.begin(request, way_back(request, slug))
    except OAuth2Error as wrong:
        return _unreachable(request, provider, wrong)
    return leaving(request, provider.of, answer["Location"]) if answer.has_header("Location") else answer


@answers("GET")
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the provider. Its answer counts once, in the session that asked, and at this provider's address."""
    provider = _provider(request, provider_id)
    if provider is None:
        return not_let_in(request, Broken.NOT_OFFERED, None)
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(provider.get_oauth2_adapter(request))(request)
    except OAuth2Error as wrong:
        return _unreachable(request, provider, wrong)
    return answer


def _unreachable(request: HttpRequest, provider: SiteProvider, wrong: OAuth2Error) -> HttpResponse:
    _log.warning("single sign-on by %s failed: %s", provider.of.slug, wrong)
    return not_let_in(request, Broken.UNREACHABLE, provider.of)


def _provider(request: HttpRequest, provider_id: str) -> SiteProvider | None:
    try:
        provider = get_adapter().get_provider(request, provider_id)
    except SocialApp.DoesNotExist:
        return None
    return provider if isinstance(provider, SiteProvider) else None
