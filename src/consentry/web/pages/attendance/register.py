"""One register: the form of its pupils, and saving it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from consentry.audit.reading import reading
from consentry.records.actions.mark_register import mark_register
from consentry.records.queries.mark_history import who_took
from consentry.records.queries.registers import PupilInRegister, form_name, pupils_of
from consentry.records.roll_call import InvalidMarksError, Marked, RollCall
from consentry.records.writing.turn import TurnTakenError
from consentry.returns.queries.sent_until import changes_are_sent
from consentry.rules.invalid import InvalidError
from consentry.rules.pages import Page
from consentry.rules.permissions import NotPermittedError
from consentry.schools.queries import calendar_of
from consentry.web.answers import LOOKING, answers
from consentry.web.forms.attendance.addresses import call_asked
from consentry.web.forms.attendance.register import NOT_A_NUMBER, Typed, filled, planned, typed_rows
from consentry.web.forms.list_query import page_number
from consentry.web.pages.programmes.carry_out import BUSY
from consentry.web.sentences import sentence
from consentry.web.shell import Place, shell
from consentry.web.shown.attendance.register import said_marked, shown_register, shown_rows
from consentry.web.shown.paging import paging
from consentry.web.shown.returns.until import sent_until_words
from consentry.web.shown.searching import with_query
from consentry.web.visit import Visit, at_site

A_PAGE = 150
"""Pupils of one page: a form has thirty, those in no form can be a school."""


@dataclass(frozen=True)
class Sent:
    """What was sent and could not be saved as it is, with what is wrong with it, or with the marks of some pupils."""

    typed: Mapping[int, Typed] = field(default_factory=dict)
    reason: str = ""
    wrong: str = ""
    is_of_reason: bool = False
    of_pupils: Mapping[int, str] = field(default_factory=dict)
    status: int = 200

    @property
    def has_errors(self) -> bool:
        """Whether there is anything to mend."""
        return bool(self.wrong or self.of_pupils)


@answers(*LOOKING, "POST")
@at_site
def register(request: HttpRequest, visit: Visit, form: str, day: str, session: str) -> HttpResponse:
    """The register of a form at a session of a day. POST saves it, or fills in who is present."""
    visit.require(Page.REGISTERS)
    call = call_asked(form, day, session, visit.today)
    if call is None:
        raise Http404
    if request.method != "POST":
        return _page(request, visit, call, Sent())
    typed, reason = typed_rows(request.POST), request.POST.get("reason", "")
    if request.POST.get("do") == "present":
        return _page(request, visit, call, Sent(filled(typed, call.session), reason))
    if unread := {number: NOT_A_NUMBER for number, row in typed.items() if not row.is_number}:
        return _page(request, visit, call, Sent(typed, reason, of_pupils=unread, status=422))
    return _save(request, visit, call, typed, reason)


def _save(request: HttpRequest, visit: Visit, call: RollCall, typed: Mapping[int, Typed], reason: str) -> HttpResponse:
    try:
        marked = mark_register(visit.site, call, planned(typed), reason=reason, by=visit.account, at=visit.at)
    except NotPermittedError as lost:
        raise PermissionDenied(visit.lacks(Page.REGISTERS, lost.missing)) from lost
    except InvalidMarksError as refused:
        sent = Sent(typed, reason, of_pupils=refused.reasons, status=422)
    except InvalidError as refused:
        sent = Sent(typed, reason, sentence(refused), is_of_reason=refused.field == "reason", status=422)
    except TurnTakenError:
        sent = Sent(typed, reason, wrong=BUSY, status=409)
    else:
        _tell(request, visit, call, marked)
        return HttpResponseRedirect(request.get_full_path(), status=303)
    return _page(request, visit, call, sent)


def _tell(request: HttpRequest, visit: Visit, call: RollCall, marked: Marked) -> None:
    pupils: list[PupilInRegister] = []
    if marked.moved:
        with reading(visit.school):
            pupils = pupils_of(visit.school, call)
    names, now = {each.id: each.name for each in pupils}, {each.id: each.entry for each in pupils}
    tell = messages.success if marked.is_done and not (marked.moved or marked.gone) else messages.warning
    tell(request, said_marked(marked, names, now))


def _page(request: HttpRequest, visit: Visit, call: RollCall, sent: Sent) -> HttpResponse:
    with reading(visit.school):
        form = form_name(visit.school, call.form)
        if form is None:
            raise Http404
        pupils, taken = pupils_of(visit.school, call), who_took(visit.school, call)
        calendar = calendar_of(visit.site)
        until = sent_until_words(visit, changes_are_sent(visit.site, call.day, calendar))
    here, number = request.path, min(page_number(request.GET.dict()), max(1, -(-len(pupils) // A_PAGE)))
    of_page = pupils[(number - 1) * A_PAGE : number * A_PAGE]
    context = {
        "shell": shell(visit, Place.REGISTERS),
        "register": shown_register(visit, call, form, pupils, taken, calendar) | {"sent_until": until},
        "rows": shown_rows(visit, call, of_page, sent.typed, sent.of_pupils),
        "sent": sent,
        "filled": sum(row.is_filled for row in sent.typed.values()),
        "pagination": paging(number, len(pupils), A_PAGE, "pupil", lambda page: with_query(here, {"page": page}))
        if len(pupils) > A_PAGE
        else None,
    }
    return render(request, "attendance/register.html", context, status=sent.status)
