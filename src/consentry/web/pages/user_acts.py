"""What can be done to one person's account: each a page that says what will happen, and a button that does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from consentry.people.actions.ask_email_change import ask_email_change
from consentry.people.actions.cancel_email_change import cancel_email_change
from consentry.people.actions.change_profile_email import change_profile_email
from consentry.people.actions.change_user_type import change_user_type
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.enable_account import enable_account
from consentry.people.actions.end_permission import end_permission
from consentry.people.actions.end_role import end_role
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.give_role import give_role
from consentry.people.actions.rename_user import rename_user
from consentry.people.actions.send_password_link import send_password_link
from consentry.people.actions.sign_out_everywhere import sign_out_everywhere
from consentry.people.models import Account
from consentry.people.queries.roles import held_role_name, role_choices, single_permission_name
from consentry.rules.reach import can_be_held_at
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import is_vouched_for_everywhere
from consentry.web.carrying_out import carried_out
from consentry.web.forms.user import (
    EmailForm,
    EndForm,
    NameForm,
    NothingForm,
    ProfileEmailForm,
    RoleForm,
    SinglePermissionForm,
    UserTypeForm,
)
from consentry.web.pages.user import found
from consentry.web.shell import Place, shell
from consentry.web.shown import user_acts as acts
from consentry.web.visit import Visit, at_site

_ONE_SITE = (
    "You came through single sign-on, which counts for {site} alone, and this changes what your other sites share. "
    "Sign out, and sign in with your password."
)


def _of_nothing(_account: Account) -> str:
    return ""


@dataclass(frozen=True)
class _Doing:
    """An act on its way: its words, what was sent for it, how it is done, and the name of what it is about."""

    act: acts.Act
    form: Form
    do: Callable[[Account, Any], object]
    about: Callable[[Account], str] = _of_nothing


@answers(*LOOKING, "POST")
@at_site
def add_role(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Give the person a business role of the site."""
    form = RoleForm(_sent(request), roles=role_choices(visit.site), initial={"starts_on": timezone.localdate(visit.at)})

    def give(account: Account, form: RoleForm) -> object:
        return give_role(
            visit.site, account.id, form.cleaned_data["role"], form.period(), by=visit.account, at=visit.at
        )

    return _act(request, visit, user, _Doing(acts.ADD_ROLE, form, give))


@answers(*LOOKING, "POST")
@at_site
def remove_role(request: HttpRequest, visit: Visit, user: int, held: int) -> HttpResponse:
    """End one of the person's business roles, at once or with a day."""

    def end(account: Account, form: EndForm) -> object:
        return end_role(
            visit.site, account.id, held, ends_on=form.cleaned_data["ends_on"], by=visit.account, at=visit.at
        )

    form = EndForm(_sent(request))
    doing = _Doing(acts.END_ROLE, form, end, about=lambda account: held_role_name(account, held))
    return _act(request, visit, user, doing)


@answers(*LOOKING, "POST")
@at_site
def add_permission(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Give the person one permission for a time."""
    form = SinglePermissionForm(
        _sent(request),
        permissions=can_be_held_at(visit.site.level),
        initial={"starts_on": timezone.localdate(visit.at)},
    )

    def give(account: Account, form: SinglePermissionForm) -> object:
        permission = form.cleaned_data["permission"]
        return give_permission(visit.site, account.id, permission, form.period(), by=visit.account, at=visit.at)

    return _act(request, visit, user, _Doing(acts.ADD_PERMISSION, form, give))


@answers(*LOOKING, "POST")
@at_site
def remove_permission(request: HttpRequest, visit: Visit, user: int, held: int) -> HttpResponse:
    """End one of the person's single permissions at once."""

    def end(account: Account, _form: NothingForm) -> object:
        return end_permission(visit.site, account.id, held, by=visit.account, at=visit.at)

    form = NothingForm(_sent(request))
    doing = _Doing(acts.END_PERMISSION, form, end, about=lambda account: single_permission_name(account, held))
    return _act(request, visit, user, doing)


@answers(*LOOKING, "POST")
@at_site
def disable(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Shut the person out of the site."""
    return _press(request, visit, user, acts.DISABLE, disable_account)


@answers(*LOOKING, "POST")
@at_site
def enable(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Let the person in again."""
    return _press(request, visit, user, acts.ENABLE, enable_account)


@answers(*LOOKING, "POST")
@at_site
def sign_out(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Sign the person out everywhere."""
    return _press(request, visit, user, acts.SIGN_OUT, sign_out_everywhere)


@answers(*LOOKING, "POST")
@at_site
def password_link(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Have a link mailed by which the person sets a new password."""
    return _press(request, visit, user, acts.PASSWORD_LINK, send_password_link)


@answers(*LOOKING, "POST")
@at_site
def cancel_email(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Call off the change of e-mail that is underway."""
    return _press(request, visit, user, acts.CANCEL_EMAIL, cancel_email_change)


@answers(*LOOKING, "POST")
@at_site
def email(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Ask for a change of the e-mail with which the person signs in."""

    def ask(account: Account, form: EmailForm) -> object:
        return ask_email_change(visit.site, account.id, form.cleaned_data["new_email"], by=visit.account, at=visit.at)

    return _act(request, visit, user, _Doing(acts.EMAIL, EmailForm(_sent(request)), ask))


@answers(*LOOKING, "POST")
@at_site
def profile_email(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Change the address by which single sign-on finds the person."""

    def save(account: Account, form: ProfileEmailForm) -> object:
        address = form.cleaned_data["profile_email"]
        return change_profile_email(visit.site, account.id, address, by=visit.account, at=visit.at)

    form = ProfileEmailForm(_sent(request), initial={"profile_email": found(visit, user).profile_email})
    return _act(request, visit, user, _Doing(acts.PROFILE_EMAIL, form, save))


@answers(*LOOKING, "POST")
@at_site
def name(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Change the name by which the person is known."""

    def save(account: Account, form: NameForm) -> object:
        return rename_user(visit.site, account.id, form.cleaned_data["name"], by=visit.account, at=visit.at)

    form = NameForm(_sent(request), initial={"name": visit.user.name if user == visit.account.id else ""})
    return _act(request, visit, user, _Doing(acts.NAME, form, save))


@answers(*LOOKING, "POST")
@at_site
def user_type(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Change what sort of user the person is at the site."""

    def save(account: Account, form: UserTypeForm) -> object:
        return change_user_type(visit.site, account.id, form.wanted(), by=visit.account, at=visit.at)

    form = UserTypeForm(_sent(request), initial={"user_type": found(visit, user).user_type})
    return _act(request, visit, user, _Doing(acts.USER_TYPE, form, save))


def _press(request: HttpRequest, visit: Visit, user: int, act: acts.Act, action: Callable[..., object]) -> HttpResponse:
    """An act that is a button alone."""

    def do(account: Account, _form: NothingForm) -> object:
        return action(visit.site, account.id, by=visit.account, at=visit.at)

    return _act(request, visit, user, _Doing(act, NothingForm(_sent(request)), do))


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _act(request: HttpRequest, visit: Visit, user: int, doing: _Doing) -> HttpResponse:
    """The page of an act; POST does it and leads back to the person. Raises PermissionDenied and Http404."""
    if not (doing.act.own and user == visit.account.id):
        visit.require(doing.act.page)
    elif not is_vouched_for_everywhere(request):
        raise PermissionDenied(_ONE_SITE.format(site=visit.site.name))
    account, form = found(visit, user), doing.form
    try:
        about = doing.about(account)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    words = {"name": account.shown_name, "site": visit.site.name}  # type: ignore[attr-defined]
    back_url = reverse("user", args=[visit.site.slug, user])
    if form.is_valid() and carried_out(visit, doing.act.page, form, lambda: doing.do(account, form)):
        messages.success(request, doing.act.done.format(**words))
        return HttpResponseRedirect(back_url, status=303)
    context = {
        "shell": shell(visit, Place.USERS),
        "act": {
            "heading": doing.act.heading,
            "about": about,
            "consequences": [each.format(**words) for each in doing.act.consequences],
            "label": doing.act.label,
            "tone": doing.act.tone,
            "name": words["name"],
            "back_url": back_url,
            "action": request.path,
        },
        "form": form,
    }
    return render(request, "users/act.html", context)
