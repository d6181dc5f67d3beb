"""The terms and conditions of the service: accepted before anything else of a site, and kept to be read again."""

from django.core.exceptions import BadRequest, ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.people.actions.accept_terms import OutdatedTermsError, accept_terms
from consentry.people.queries.terms import acceptances_of, terms_to_accept
from consentry.schools.queries import newest_terms
from consentry.web.answers import LOOKING, answers
from consentry.web.before import terms_due
from consentry.web.forms.terms import TermsForm
from consentry.web.shell import Place, shell
from consentry.web.shown.terms import shown_terms
from consentry.web.visit import Visit, at_site_before
from consentry.web.way_back import way_back


@answers(*LOOKING, "POST")
@at_site_before(terms_due)
def terms(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The version in force, to be accepted; or what the person has accepted here and when. POST accepts it."""
    if terms_to_accept(visit.account) is not None:
        return _accept(request, visit) if request.method == "POST" else _asked(request, visit, TermsForm())
    if request.method == "POST":  # accepted meanwhile, in another window
        return HttpResponseRedirect(way_back(request, visit.site.slug), status=303)
    shown = shown_terms(visit, newest_terms(), acceptances_of(visit.account))
    return render(request, "terms/accepted.html", {"shell": shell(visit, Place.NOWHERE), "terms": shown})


def _accept(request: HttpRequest, visit: Visit) -> HttpResponse:
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            accept_terms(visit.account, form.cleaned_data["version"], at=visit.at)
        except OutdatedTermsError:
            return _asked(request, visit, TermsForm(), is_newer=True)
        except ObjectDoesNotExist as unknown:  # disabled between opening the page and pressing the button
            raise Http404 from unknown
        return HttpResponseRedirect(way_back(request, visit.site.slug), status=303)
    if "version" in form.errors:
        raise BadRequest("The acceptance did not say which version was read. Open the terms and accept them there.")
    return _asked(request, visit, form)


def _asked(request: HttpRequest, visit: Visit, form: TermsForm, *, is_newer: bool = False) -> HttpResponse:
    """The page that asks; as a 409 when this version came into force while the one before was read."""
    trust = visit.account.trust
    context = {
        "visit": {"site": visit.site.name, "person": visit.user.name, "email": visit.user.email},
        "trust": {"name": trust.name, "leave_url": reverse("leave-school", args=[visit.site.slug])} if trust else None,
        "terms": shown_terms(visit, newest_terms(), acceptances_of(visit.account)),
        "is_newer": is_newer,
        "form": form,
        "action": request.get_full_path(),
    }
    return render(request, "terms/accept.html", context, status=409 if is_newer else 200)
