"""Where an app sends people (RFC 6749, 3.1): they sign in and say for which of their schools; then the consent page."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from consentry.people.queries.accounts import sites_of
from consentry.schools.queries import is_site, sites_of_ids
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for
from consentry.web.coming_from_trust import entered
from consentry.web.link_request import LinkRequest
from consentry.web.pages.connect.asked_by_app import asked_by_app
from consentry.web.shown.connect import shown_choice, shown_sign_in

SITE = "site"
"""What the page that asks for a school's name adds to the address."""


@answers(*LOOKING)
@never_cache
@asked_by_app
def authorize(request: HttpRequest, link: LinkRequest) -> HttpResponse:
    """On to the school's consent page: of the school that the app names, that the person names, or their only one."""
    asked = request.GET.copy()
    named = link.slug or "".join(asked.pop(SITE, [])).strip().lower()
    if named and (link.slug or is_site(named)):
        return HttpResponseRedirect(consent_page(named, asked))
    if not request.user.is_authenticated:
        context = shown_sign_in(link, asked, is_unknown=bool(named), named=named)
        return render(request, "connect/sign_in.html", context, status=404 if named else 200)
    own = [site for site in sites_of(request.user) if is_vouched_for(request, site)]
    from_trust = [site for site in sites_of_ids(entered(request)) if site not in own]
    if len(own) == 1 and not from_trust:
        return HttpResponseRedirect(consent_page(own[0].slug, asked))
    choices = [(site, consent_page(site.slug, asked)) for site in [*own, *from_trust]]
    context = shown_choice(link, request.user, choices, request.get_full_path())
    return render(request, "connect/choose.html", context, status=200 if choices else 403)


def consent_page(slug: str, asked: QueryDict) -> str:
    """The consent page of this site for what was asked."""
    return f"{reverse('connect', args=[slug])}?{asked.urlencode()}"
