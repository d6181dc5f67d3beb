"""System > Permissions: the business roles of a site, who holds them, and who keeps them up to date."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from consentry.people.actions.edit_role import edit_role
from consentry.people.actions.rename_role import rename_role
from consentry.people.actions.take_over_role import take_over_role
from consentry.people.queries.roles import RoleShown, role_shown, roles_shown
from consentry.rules.pages import Page
from consentry.rules.reach import can_be_held_at
from consentry.web.answers import LOOKING, answers
from consentry.web.carrying_out import carried_out
from consentry.web.forms.role import NameForm, PermissionsForm, written
from consentry.web.forms.user import NothingForm
from consentry.web.shell import Place, shell
from consentry.web.shown.roles import shown_role, shown_roles
from consentry.web.visit import Visit, at_site


@answers(*LOOKING)
@at_site
def roles(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every role of the site."""
    visit.require(Page.PERMISSIONS)
    shown = shown_roles(visit, roles_shown(visit.site, timezone.localdate(visit.at)))
    context = {"shell": shell(visit, Place.PERMISSIONS), "roles": shown}
    return render(request, "permissions/list.html", context)


@answers(*LOOKING)
@at_site
def role(request: HttpRequest, visit: Visit, role: int) -> HttpResponse:
    """One role: what it holds, who holds it, who keeps it up to date."""
    context = {"shell": shell(visit, Place.PERMISSIONS), "role": shown_role(visit, _found(visit, role))}
    return render(request, "permissions/role.html", context)


@answers(*LOOKING, "POST")
@at_site
def take_over(request: HttpRequest, visit: Visit, role: int) -> HttpResponse:
    """What taking responsibility for a role means. POST takes it."""
    found = _found(visit, role)
    form = NothingForm(_sent(request))
    done = _carried_out(visit, form, lambda: take_over_role(visit.site, role, by=visit.account, at=visit.at))
    if done:
        said = f"{found.name} is managed by {visit.site.name} from now on."
        return _back(request, visit, found, said)
    return _page(request, visit, found, form, "permissions/take_over.html")


@answers(*LOOKING, "POST")
@at_site
def rename(request: HttpRequest, visit: Visit, role: int) -> HttpResponse:
    """Call a role by another name."""
    found = _found(visit, role)
    form = NameForm(_sent(request), initial={"name": found.name})

    def save() -> object:
        return rename_role(visit.site, role, form.cleaned_data["name"], by=visit.account, at=visit.at)

    if _carried_out(visit, form, save):
        return _back(request, visit, found, f"{found.name} is called {form.cleaned_data['name']} now.")
    return _page(request, visit, found, form, "permissions/rename.html")


@answers(*LOOKING, "POST")
@at_site
def edit(request: HttpRequest, visit: Visit, role: int) -> HttpResponse:
    """Change what a role holds that the site is responsible for."""
    found = _found(visit, role)
    held = {"permissions": [each.value for each in found.permissions], "seen": written(found.permissions)}
    form = PermissionsForm(_sent(request), offered=can_be_held_at(visit.site.level), initial=held)

    def save() -> object:
        return edit_role(visit.site, role, form.wanted(), seen=form.before(), by=visit.account, at=visit.at)

    if form.is_valid() and found.managed_by_site and form.before() != found.permissions:
        messages.error(request, "Somebody changed this role while you did. Nothing was saved: this is how it is now.")
        return HttpResponseRedirect(request.path, status=303)
    if _carried_out(visit, form, save):
        return _back(request, visit, found, f"{found.name} is changed, for everybody who holds it.")
    return _page(request, visit, found, form, "permissions/edit.html")


def _found(visit: Visit, number: int) -> RoleShown:
    """The role of this number. Raises PermissionDenied, and Http404 for another site's."""
    visit.require(Page.PERMISSIONS)
    try:
        return role_shown(visit.site, number, timezone.localdate(visit.at))
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _carried_out(visit: Visit, form: Form, save: Callable[[], object]) -> bool:
    return form.is_valid() and carried_out(visit, Page.PERMISSIONS, form, save)


def _page(request: HttpRequest, visit: Visit, found: RoleShown, form: Form, template: str) -> HttpResponse:
    context = {"shell": shell(visit, Place.PERMISSIONS), "role": shown_role(visit, found), "form": form}
    return render(request, template, context)


def _back(request: HttpRequest, visit: Visit, found: RoleShown, said: str) -> HttpResponse:
    messages.success(request, said)
    return HttpResponseRedirect(shown_role(visit, found)["url"], status=303)
