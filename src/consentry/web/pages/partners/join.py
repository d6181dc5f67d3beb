"""The link that was mailed: it registers a company, or lets somebody join one."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from consentry.partners.actions.accept_invitation import accept_invitation
from consentry.partners.actions.join_company import OtherPersonError, Person
from consentry.partners.actions.register_company import register_company
from consentry.partners.models import CompanyInvitation, CompanyMember
from consentry.partners.queries.links import link_of, owner_of
from consentry.people.models import User
from consentry.rules.company_roles import CompanyRole
from consentry.rules.invalid import InvalidError
from consentry.web.answers import LOOKING, answers
from consentry.web.came_by import came_by_sso
from consentry.web.forms.partners.joining import CompanyForm, NewCompanyForm, NewMemberForm
from consentry.web.forms.user import NothingForm
from consentry.web.sentences import sentence


@dataclass(frozen=True)
class _Coming:
    """A link that works, who signs in with its address if anybody does, and whether it is they who are here."""

    key: str
    link: CompanyInvitation
    owner: User | None
    is_here: bool
    at: datetime

    @property
    def form(self) -> type[Form]:
        """What is to be filled in."""
        if self.link.company is None:
            return CompanyForm if self.owner else NewCompanyForm
        return NothingForm if self.owner else NewMemberForm


@answers(*LOOKING, "POST")
@never_cache
def join(request: HttpRequest, key: str) -> HttpResponse:
    """What the link leads to, for whoever reads the mail of that address. Who signs in already signs in first."""
    try:
        coming = _coming(request, key)
        if coming.owner is not None and not coming.is_here:
            return _sign_in_first(request, coming)
        return _done(request, coming) if request.method == "POST" else _page(request, coming, coming.form())
    except ObjectDoesNotExist:
        return render(request, "partners/join_dead.html", status=404)
    except OtherPersonError:  # somebody else signed in, or came to be, since the page was opened
        return HttpResponseRedirect(request.path, status=303)


def _coming(request: HttpRequest, key: str) -> _Coming:
    at = timezone.now()
    link = link_of(key, at)
    owner = owner_of(link)
    return _Coming(key, link, owner, owner is not None and request.user == owner and not came_by_sso(request), at)


def _done(request: HttpRequest, coming: _Coming) -> HttpResponse:
    form = coming.form(request.POST)
    member = _joined(coming, form) if form.is_valid() else None
    if member is None:
        return _page(request, coming, form)
    if coming.owner is None:
        messages.success(request, f"{member.company.name} is yours to look after. Sign in with the password you chose.")
    else:
        messages.success(request, f"You act for {member.company.name} now.")
    return HttpResponseRedirect(reverse("company", args=[member.company_id]), status=303)


def _joined(coming: _Coming, form: Form) -> CompanyMember | None:
    person: Person = coming.owner or form.person()  # type: ignore[attr-defined]  # two of the forms have a person
    try:
        if isinstance(form, CompanyForm):
            return register_company(coming.key, form.details(), person, at=coming.at)
        return accept_invitation(coming.key, person, at=coming.at)
    except InvalidError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, sentence(refused))
        return None


def _page(request: HttpRequest, coming: _Coming, form: Form) -> HttpResponse:
    link = coming.link
    context = {
        "form": form,
        "email": link.email,
        "company": link.company.name if link.company else "",
        "role": CompanyRole(link.role).label,
        "is_new": coming.owner is None,
    }
    return render(request, "partners/join.html", context)


def _sign_in_first(request: HttpRequest, coming: _Coming) -> HttpResponse:
    context = {"email": coming.link.email, "is_other": request.user.is_authenticated, "back": request.path}
    return render(request, "partners/join_sign_in.html", context)
