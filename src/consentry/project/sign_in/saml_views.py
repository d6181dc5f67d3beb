"""The addresses of single sign-on by SAML: on to a provider, the address that takes its answers, and back here.

An answer comes as a form that another service sends, without the browser's session cookie, which is not sent then
(SameSite=Lax). So what takes it knows of no session and lets nobody in: it checks the answer, keeps it under a one-time
name, and leads on to an address of our own, at which the session says whether this browser asked for it.
"""

import logging
from typing import Any

from allauth.core.ratelimit import consume
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from consentry.people.actions.keep_saml_answer import UsedAlreadyError, keep_saml_answer
from consentry.people.actions.take_saml_answer import take_saml_answer
from consentry.people.queries.identity_providers import Provider, is_saml_slug, offered_provider
from consentry.people.saml_support import is_saml_installed
from consentry.project.sign_in.saml_answer import LONGEST, RefusedThereError, read_answer
from consentry.project.sign_in.saml_asked import answered, ask
from consentry.project.sign_in.saml_vouching import SamlVouching
from consentry.project.sign_in.saml_xml import own_metadata, request_address
from consentry.rules.identity_providers import Vouching
from consentry.rules.saml_assertions import UntrustedError
from consentry.web.answers import LOOKING, answers
from consentry.web.pages.site_sign_in import leaving, not_let_in
from consentry.web.shown.single_sign_on import Broken

_log = logging.getLogger(__name__)

HANDLE = "answer"
"""The name under which the address carries the one-time name of an answer."""
_FORM = "application/x-www-form-urlencoded"
_LARGEST_BODY, _DIGITS = 2 * LONGEST, 20


def begin_saml(request: HttpRequest, provider: Provider, back: str) -> HttpResponse:
    """On to the provider; from there, in the end, to `back`."""
    at = timezone.now()
    return leaving(request, provider, request_address(provider, ask(request, provider.slug, back, at), at))


@csrf_exempt  # it is the identity provider's page that sends the form; nothing is done here in anybody's name
@answers("POST")
def take_answer(request: HttpRequest, provider_id: str) -> HttpResponse:
    """What the provider answers, checked and kept, whoever brings it. On to where the browser is asked who it is."""
    provider = _offered(provider_id)
    if provider is None:
        return not_let_in(request, Broken.NOT_OFFERED, None)
    if not consume(request, action="single_sign_on_answer"):
        return not_let_in(request, Broken.TOO_MANY, provider)
    at = timezone.now()
    try:
        answer = read_answer(_sent(request), provider, at)
        handle = keep_saml_answer(provider.slug, answer.assertion, answer.word, until=answer.until, at=at)
    except RefusedThereError:
        return not_let_in(request, Broken.REFUSED_THERE, provider)
    except UsedAlreadyError:
        return not_let_in(request, Broken.STALE, provider)
    except UntrustedError as wrong:
        _log.warning("single sign-on by %s failed: %s", provider.slug, wrong)
        return not_let_in(request, Broken.STALE if wrong.is_late else Broken.UNTRUSTED, provider)
    on = reverse("saml_come_back", args=[provider.slug], query={HANDLE: handle})
    return HttpResponseRedirect(on, status=303)


@answers("GET")
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back here: an answer counts once, in the browser that asked, for the provider that it asked."""
    provider = _offered(provider_id)
    if provider is None:
        return not_let_in(request, Broken.NOT_OFFERED, None)
    at = timezone.now()
    word = take_saml_answer(provider.slug, request.GET.get(HANDLE, ""), at=at)
    back = None if word is None else answered(request, provider.slug, word.in_response_to, at)
    if word is None or back is None:
        return not_let_in(request, Broken.STALE, provider)
    login: Any = SocialLogin(
        account=SocialAccount(provider=provider.slug, uid=word.subject), provider=SamlVouching(provider)
    )
    login.claims = {"sub": word.subject, "email": word.email, "nonce": word.in_response_to}
    login.state = {"process": "login", "next": back, "nonce": word.in_response_to}
    answer: HttpResponse = complete_login(request, login)
    return answer


@answers(*LOOKING)
def metadata(request: HttpRequest, provider_id: str) -> HttpResponse:  # noqa: ARG001 - the interface of a view
    """What an identity provider is told of us: for a provider that is set up, or the next one to be."""
    if not is_saml_installed() or not is_saml_slug(provider_id):
        raise Http404
    answer = HttpResponse(own_metadata(provider_id), content_type="application/samlmetadata+xml")
    answer["Content-Disposition"] = f'attachment; filename="{provider_id}.xml"'
    return answer


def _sent(request: HttpRequest) -> str:
    """The answer in the form. Raises UntrustedError for what is no form, or too large to be one."""
    length = request.META.get("CONTENT_LENGTH") or ""
    is_length = length.isdecimal() and len(length) < _DIGITS
    if request.content_type != _FORM or not is_length or int(length) > _LARGEST_BODY:
        raise UntrustedError("no form, or too large a one")
    return str(request.POST.get("SAMLResponse", ""))


def _offered(slug: str) -> Provider | None:
    try:
        found = offered_provider(slug)
    except ObjectDoesNotExist:
        return None
    return found if found.kind is Vouching.SAML else None
