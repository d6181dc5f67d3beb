"""Where an app may be sent back to by the connect link."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.partners.actions.set_own_redirect_uris import set_own_redirect_uris
from consentry.partners.queries.own_apps import own_app
from consentry.partners.queries.redirect_uris import redirect_uris_of
from consentry.rules.company_roles import CompanyAct
from consentry.web.answers import LOOKING, answers
from consentry.web.company_visit import CompanyVisit, at_company
from consentry.web.forms.partners.redirect_uris import RedirectUrisForm
from consentry.web.pages.partners.acting import Doing, act

_CONSEQUENCES = (
    "Somebody of a school approves your app from a link of yours, without a request; you get tokens for that school.",
    "People are sent back to these addresses and to no others, with a code. What you take out stops working at once.",
)


@answers(*LOOKING, "POST")
@at_company
def redirect_uris(request: HttpRequest, visit: CompanyVisit, app: int) -> HttpResponse:
    """The addresses as they are now; POST puts others in their place."""
    found = own_app(visit.company, app)
    now = {"redirect_uris": "\n".join(redirect_uris_of(found))}
    form = RedirectUrisForm(request.POST) if request.method == "POST" else RedirectUrisForm(initial=now)

    def save() -> None:
        set_own_redirect_uris(found.id, form.uris(), by=visit.member, at=visit.at)

    back = found.name, reverse("company-secrets", args=[visit.company.id, found.id])
    doing = Doing(
        f"Connect link of {found.name}", "Save", "Saved. It holds for every link from now on.", back, save,
        CompanyAct.PUBLISH, _CONSEQUENCES, form=form,
    )  # fmt: skip
    return act(request, visit, doing)
