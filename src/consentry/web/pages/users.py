"""System > Users: everybody with an account at a site, and adding somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from consentry.people.actions.invite_user import invite_user
from consentry.people.queries.roles import role_choices
from consentry.people.queries.users import all_users, list_users
from consentry.rules.pages import Page
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.user import AddUserForm
from consentry.web.forms.users_query import wanted_users
from consentry.web.not_at_sandbox import PEOPLE, not_at_sandbox
from consentry.web.shell import Place, shell
from consentry.web.shown.users_list import shown_users, users_table
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def users(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every account of the site, External Administrators' among them, a page at a time."""
    visit.require(Page.USERS)
    wanted = wanted_users(request.GET.dict())
    page = list_users(visit.site, wanted, timezone.localdate(visit.at))
    shown = shown_users(visit, wanted, page, role_choices(visit.site))
    return render(request, "users/list.html", {"shell": shell(visit, Place.USERS), "listing": shown})


@answers(*LOOKING)
@at_site
def users_list(request: HttpRequest, visit: Visit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    visit.require(Page.USERS)
    rows = all_users(visit.site, wanted_users(request.GET.dict()), timezone.localdate(visit.at))
    return file_answer(kind, users_table(rows), f"{visit.site.slug}-users", visit.at)


@answers(*LOOKING, "POST")
@at_site
def add_user(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The form for somebody new. POST lets them in, whoever they are, and has them told by e-mail."""
    visit.require(Page.USERS)
    not_at_sandbox(visit, PEOPLE)
    today = timezone.localdate(visit.at)
    options: dict[str, Any] = {"roles": role_choices(visit.site), "may_give_roles": visit.may(Page.PERMISSIONS)}
    if request.method != "POST":
        return _add_page(request, visit, AddUserForm(**options))
    form = AddUserForm(request.POST, **options)
    if not form.is_valid():
        return _add_page(request, visit, form)
    wanted = form.invited(today)
    if not carried_out(visit, Page.USERS, form, lambda: invite_user(visit.site, wanted, by=visit.account, at=visit.at)):
        return _add_page(request, visit, form)
    messages.success(
        request, f"{wanted.email} has access to {visit.site.name} now. They are told by email how to sign in."
    )
    return HttpResponseRedirect(reverse("users", args=[visit.site.slug]), status=303)


def _add_page(request: HttpRequest, visit: Visit, form: AddUserForm) -> HttpResponse:
    missing = None if visit.may(Page.PERMISSIONS) else visit.missing(Page.PERMISSIONS)
    context = {
        "shell": shell(visit, Place.USERS),
        "form": form,
        "back_url": reverse("users", args=[visit.site.slug]),
        "missing": missing.value if missing else "",
        "giver": visit.giver(missing) if missing else "",
        "hours": 96,
    }
    return render(request, "users/add.html", context)
