"""A site's own sign-in page, and what somebody sees who is not let in through single sign-on."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.people.queries.identity_providers import Provider, offered_at
from consentry.rules.single_sign_on import Refusal
from consentry.schools.queries import site_by_slug
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for
from consentry.web.shown.single_sign_on import WORDS, Broken, shown_refusal, shown_ways
from consentry.web.shown.sso_settings import name_of
from consentry.web.way_back import way_back


@answers(*LOOKING)
def site_sign_in(request: HttpRequest, site: str) -> HttpResponse:
    """The ways to sign in to this site: its own identity providers while single sign-on is on, and the password.

    Who is signed in is led on; but not who signed in through another site's provider, which does not count here.
    """
    try:
        found = site_by_slug(site)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    back = way_back(request, site)
    is_signed_in = request.user.is_authenticated
    if is_signed_in and is_vouched_for(request, found):
        return HttpResponseRedirect(back)
    context = {
        "site": {"name": found.name, "is_dummy": found.is_dummy},
        "ways": shown_ways(offered_at(site), back),
        "is_signed_in_elsewhere": is_signed_in,
        "here": request.get_full_path(),
    }
    return render(request, "socialaccount/site_sign_in.html", context)


def not_let_in(request: HttpRequest, why: Refusal | Broken, provider: Provider | None) -> HttpResponse:
    """The page that says why signing in through this provider came to nothing, and what to do now."""
    return render(request, "socialaccount/not_let_in.html", shown_refusal(why, provider), status=WORDS[why].status)


def leaving(request: HttpRequest, provider: Provider, address: str) -> HttpResponse:
    """The page that goes on to the provider by itself, and says so.

    Not a redirect: browsers hold the whole way of a redirected form to the policy's form-action, and a provider may
    lead on to another that nobody here knows of.
    """
    return render(request, "socialaccount/leaving.html", {"name": name_of(provider), "address": address})
