"""The people of a company: who acts for it as what, inviting, changing roles, removing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from consentry.partners.actions.cancel_invitation import cancel_invitation
from consentry.partners.actions.change_member_role import change_member_role
from consentry.partners.actions.invite_member import invite_member
from consentry.partners.actions.remove_member import remove_member
from consentry.partners.queries.company_lists import all_members, list_members
from consentry.partners.queries.links import invitations_of
from consentry.partners.queries.members import member_of
from consentry.rules.company_roles import CompanyAct, CompanyRole
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.downloads.answer import file_answer
from consentry.web.forms.desk_query import wanted_of
from consentry.web.forms.partners.lists import MEMBERS
from consentry.web.forms.partners.members import InviteForm, MemberRoleForm
from consentry.web.pages.partners.acting import Doing, act
from consentry.web.pages.partners.frame import Place, company_shell
from consentry.web.sentences import moment
from consentry.web.shown.partners.members import member_table, shown_members


def _back(visit: CompanyVisit) -> tuple[str, str]:
    return "Members", reverse("company-members", args=[visit.company.id])


@answers(*LOOKING)
@at_company
def members(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """Everybody who acts for the company now, and who was invited and has not come."""
    number, may = visit.company.id, visit.may(CompanyAct.ADMINISTER)
    wanted = wanted_of(request.GET.dict(), MEMBERS)
    invited = [
        {
            "email": each.email,
            "role": CompanyRole(each.role).label,
            "until": moment(each.expires_at, visit.at),
            "cancel_url": reverse("company-invitation-cancel", args=[number, each.id]) if may else "",
        }
        for each in invitations_of(visit.company, visit.at)
    ]
    context = {
        "shell": company_shell(visit, Place.MEMBERS),
        "listing": shown_members(visit, wanted, list_members(visit.company, wanted)),
        "invited": invited,
        "invite_url": reverse("company-invite", args=[number]) if may else "",
        "lacks": visit.lacks(CompanyAct.ADMINISTER),
    }
    return render(request, "partners/members.html", context)


@answers(*LOOKING)
@at_company
def members_file(request: HttpRequest, visit: CompanyVisit, kind: str) -> HttpResponse:
    """The same list as a file, all pages of it."""
    rows = all_members(visit.company, wanted_of(request.GET.dict(), MEMBERS))
    return file_answer(kind, member_table(rows), "members", visit.at)


@answers(*LOOKING, "POST")
@at_company
def invite(request: HttpRequest, visit: CompanyVisit) -> HttpResponse:
    """The form; POST has a link mailed."""
    form = InviteForm(request.POST if request.method == "POST" else None)

    def ask() -> object:
        return invite_member(form.cleaned_data["email"], form.cleaned_data["role"], by=visit.member, at=visit.at)

    doing = Doing(
        "Invite somebody", "Mail them a link", "A link is on its way to them.", _back(visit), ask,
        CompanyAct.ADMINISTER, ("They are mailed a link to join, which works once, and for 96 hours.",),
        place=Place.MEMBERS, form=form,
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def role(request: HttpRequest, visit: CompanyVisit, member: int) -> HttpResponse:
    """The form with their role; POST gives them another."""
    found = member_of(visit.company, member)
    form = MemberRoleForm(request.POST) if request.method == "POST" else MemberRoleForm(initial={"role": found.role})

    def change() -> object:
        return change_member_role(member, form.cleaned_data["role"], by=visit.member, at=visit.at)

    doing = Doing(
        f"Role of {found.user.name}", "Save", f"{found.user.name} has that role from the next click on.", _back(visit),
        change, CompanyAct.ADMINISTER, place=Place.MEMBERS, form=form,
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def remove(request: HttpRequest, visit: CompanyVisit, member: int) -> HttpResponse:
    """Remove somebody; everybody may remove themselves."""
    found = member_of(visit.company, member)
    is_own = found.id == visit.member.id
    doing = Doing(
        f"Remove {found.user.name}", "Remove", f"{found.user.name} acts for {visit.company.name} no more.",
        _back(visit), lambda: remove_member(member, by=visit.member, at=visit.at),
        CompanyAct.LOOK if is_own else CompanyAct.ADMINISTER,
        (
            f"{found.user.name} acts for {visit.company.name} no more, and no longer signs in to its sandbox.",
            "What they did stays on record.",
            "Secrets that they have seen go on working: rotate those, under Secrets of each app.",
        ),
        "danger", Place.MEMBERS, then=(lambda: reverse("partners")) if is_own else None,
    )  # fmt: skip
    return act(request, visit, doing)


@answers(*LOOKING, "POST")
@at_company
def cancel(request: HttpRequest, visit: CompanyVisit, number: int) -> HttpResponse:
    """Call off an invitation."""
    doing = Doing(
        "Call off the invitation", "Call it off", "The link works no more.", _back(visit),
        lambda: cancel_invitation(number, by=visit.member, at=visit.at), CompanyAct.ADMINISTER,
        ("The link that was mailed works no more.",), "danger", Place.MEMBERS,
    )  # fmt: skip
    return act(request, visit, doing)
