"""What the operator does with a company: decides on it, invites somebody to act for it."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.decline_company import decline_company
from consentry.partners.actions.invite_administrator import invite_administrator
from consentry.partners.queries.desk_companies import company_by_id
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.forms.operator.acts import DeclineForm, EmailForm, NoteForm
from consentry.web.pages.operator.acts import Act, act_page, sent
from consentry.web.pages.operator.frame import Place

_MAILED = "Its contact, {email}, is told by email."


@answers(*LOOKING, "POST")
@at_desk
def accept(request: HttpRequest, visit: DeskVisit, company: int) -> HttpResponse:
    """The company may become a partner."""
    form = NoteForm(sent(request))
    act = _act(
        company,
        "Accept {name}",
        ("Its apps can be accepted from now on. No school’s data is opened by this.", _MAILED),
        "Accept the company",
        "{name} is accepted. Its contact is told by email.",
    )

    def do() -> object:
        return accept_company(company, note=form.cleaned_data["note"], by=visit.actor, at=visit.at)

    return act_page(request, visit, act, form, do)


@answers(*LOOKING, "POST")
@at_desk
def decline(request: HttpRequest, visit: DeskVisit, company: int) -> HttpResponse:
    """The company may not, for a reason that it reads."""
    form = DeclineForm(sent(request))
    act = _act(
        company,
        "Decline {name}",
        ("It keeps its people and its sandbox, and none of its apps can go live. It can be accepted later.", _MAILED),
        "Decline the company",
        "{name} is declined. Its contact is told by email.",
        tone="danger",
    )

    def do() -> object:
        reason, note = form.declined(), form.cleaned_data["note"]
        return decline_company(company, reason, note=note, by=visit.actor, at=visit.at)

    return act_page(request, visit, act, form, do)


@answers(*LOOKING, "POST")
@at_desk
def invite(request: HttpRequest, visit: DeskVisit, company: int) -> HttpResponse:
    """Somebody is mailed a link, with which they become an Administrator of the company."""
    form = EmailForm(sent(request))
    act = _act(
        company,
        "Invite an Administrator of {name}",
        (
            "They are mailed a link that works once, for four days.",
            "With it they look after the company’s apps, secrets and people, and invite the others themselves.",
        ),
        "Send the link",
        "The link is mailed within a minute.",
    )

    def do() -> object:
        return invite_administrator(company, form.cleaned_data["email"], by=visit.actor, at=visit.at)

    return act_page(request, visit, act, form, do)


def _act(company: int, heading: str, said: tuple[str, ...], label: str, done: str, *, tone: str = "primary") -> Act:
    try:
        found = company_by_id(company)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    words = {"name": found.name, "email": found.contact_email}
    return Act(
        place=Place.COMPANIES,
        name=found.name,
        back_url=reverse("desk-company", args=[company]),
        heading=heading.format(**words),
        consequences=tuple(each.format(**words) for each in said),
        label=label,
        done=done.format(**words),
        tone=tone,
    )
