"""Carrying out what a preview, or the form of one record, has said; and telling what became of it."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from consentry.records.actions.set_form_short_names import InvalidShortNamesError
from consentry.records.mending import Mended, Planned
from consentry.records.writing.turn import TurnTakenError
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.web.forms.programmes.plan import sent_plan
from consentry.web.sentences import sentence
from consentry.web.shown.programmes.preview import Words, said_mended
from consentry.web.visit import Visit

_NOT_OURS = "What was sent is not what a preview of ours sends. Open the list and choose again."
BUSY = "An import is writing this school’s records. Nothing was changed: try again in a minute."


Names = Callable[[Sequence[int]], list[str]]
"""What records are called, and what they say now, by their ids."""


Mend = Callable[..., Mended]
"""A use case that mends many records: handed the site and the plan, by whom and when."""


class NotMendedError(Exception):
    """It could not be done, and why, as a sentence."""


def mended(visit: Visit, mend: Mend, plan: Sequence[Planned]) -> Mended:
    """What became of the plan. Raises NotMendedError, and PermissionDenied for who may not."""
    try:
        return mend(visit.site, plan, by=visit.account, at=visit.at)
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(Page.PROGRAMMES, lost.missing)) from lost
    except TurnTakenError as busy:
        raise NotMendedError(BUSY) from busy
    except InvalidShortNamesError as refused:
        raise NotMendedError(sentence(InvalidError("short_name", next(iter(refused.reasons.values()))))) from refused
    except InvalidError as refused:
        raise NotMendedError(sentence(refused)) from refused


def carry_out(
    request: HttpRequest,
    visit: Visit,
    mend: Mend,
    words: Words,
    *,
    names: Callable[[Sequence[int]], list[str]],
    back: str,
) -> HttpResponse:
    """Do what the preview that was sent has shown, and go back to the list with an account of it."""
    visit.require(Page.PROGRAMMES)
    plan = sent_plan(request.POST.dict())
    if not plan:
        raise BadRequest(_NOT_OURS)
    try:
        done = mended(visit, mend, plan)
    except NotMendedError as why:
        messages.error(request, f"Nothing was changed. {why}")
        return HttpResponseRedirect(back, status=303)
    tell = messages.warning if done.moved or not done.changed else messages.success
    tell(request, said_mended(done, words, names(done.moved)))
    return HttpResponseRedirect(back, status=303)
