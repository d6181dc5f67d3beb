"""What every decision of the operator's desk shares: a page that says what will happen, and a button that does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from consentry.rules.app_life import AppMoveRefusedError
from consentry.rules.company_life import CompanyMoveRefusedError
from consentry.rules.invalid import InvalidError
from consentry.rules.wish_life import WishRefusedError
from consentry.web.desk_visit import DeskVisit
from consentry.web.pages.operator.frame import Place, desk_shell
from consentry.web.sentences import sentence


@dataclass(frozen=True)
class Act:
    """What is to be done: to what, the consequences in words, the button, and what is said once it is done."""

    place: Place
    name: str
    back_url: str
    heading: str
    consequences: tuple[str, ...]
    label: str
    done: str
    tone: str = "primary"


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent, None while the page is only looked at."""
    return request.POST if request.method == "POST" else None


def act_page(request: HttpRequest, visit: DeskVisit, act: Act, form: Form, do: Callable[[], object]) -> HttpResponse:
    """The page of an act; POST does it and leads back. What was decided meanwhile is said there. Raises Http404."""
    try:
        if form.is_valid() and _done(form, do):
            messages.success(request, act.done)
            return HttpResponseRedirect(act.back_url, status=303)
    except (CompanyMoveRefusedError, AppMoveRefusedError, WishRefusedError) as refused:
        messages.error(request, f"Nothing was changed: {act.name} cannot be treated so any more. {stands(refused)}")
        return HttpResponseRedirect(act.back_url, status=303)
    except ObjectDoesNotExist as unknown:
        raise Http404 from unknown
    context = {"shell": desk_shell(visit, act.place), "act": act, "form": form, "action": request.path}
    return render(request, "operator/act.html", context)


def stands(refused: CompanyMoveRefusedError | AppMoveRefusedError | WishRefusedError) -> str:
    """Where it stands now, in a sentence."""
    label = refused.stage.label if isinstance(refused, AppMoveRefusedError) else refused.state.label
    return f"It stands at “{label}” now."


def _done(form: Form, do: Callable[[], object]) -> bool:
    try:
        do()
    except InvalidError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, sentence(refused))
        return False
    return True
