"""A school asks for a new app."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.ask_for_app import ask_for_app
from consentry.partners.models import AppWish
from consentry.partners.queries.directory import Entry, partners_named
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.directory.wish import WishForm
from consentry.web.forms.texts import Line
from consentry.web.not_at_sandbox import ASKING, not_at_sandbox
from consentry.web.shell import Place, shell
from consentry.web.shown.directory.listing import address_of, route_words
from consentry.web.visit import Visit, at_site


@answers(*LOOKING, "POST")
@at_site
def ask(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The seed's questions. Where a partner of that name exists already, that is said before anything is asked."""
    visit.require(Page.PARTNER_APPS)
    not_at_sandbox(visit, ASKING)
    if request.method != "POST":
        return _page(request, visit, WishForm(initial={"app_name": request.GET.get("app", "").replace("\0", "")[:200]}))
    partners = partners_named(Line(required=False).to_python(request.POST.get("app_name", "").replace("\0", "")))
    form = WishForm(request.POST, exists=bool(partners))
    if not form.is_valid() or (partners and not form.is_meant):
        return _page(request, visit, form, partners)
    made: list[AppWish] = []

    def do() -> None:
        made.append(ask_for_app(visit.site, form.wanted(), by=visit.account, at=visit.at))

    if not carried_out(visit, Page.PARTNER_APPS, form, do):
        return _page(request, visit, form, partners)
    (wish,) = made
    messages.success(request, f"You have asked for {wish.app_name}. {wish.company_name} is told by email.")
    return HttpResponseRedirect(reverse("wish", args=[visit.site.slug, wish.id]), status=303)


def _page(request: HttpRequest, visit: Visit, form: WishForm, partners: list[Entry] | None = None) -> HttpResponse:
    slug = visit.site.slug
    found: list[dict[str, Any]] = [
        {"name": each.name, "company": each.company, "route": route_words(each), "url": address_of(slug, each)}
        for each in partners or []
    ]
    context = {"shell": shell(visit, Place.DIRECTORY), "form": form, "partners": found}
    context["back_url"] = reverse("directory", args=[slug])
    return render(request, "directory/ask.html", context)
