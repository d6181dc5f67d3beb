"""What the operator does about a collector: a secret, activating, suspending, discontinuing."""

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from consentry.returns.actions.activate_collector import activate_collector
from consentry.returns.actions.discontinue_collector import discontinue_collector
from consentry.returns.actions.end_consents import end_consents
from consentry.returns.actions.set_collector_secret import set_collector_secret
from consentry.returns.actions.suspend_collector import suspend_collector
from consentry.returns.models import Collector
from consentry.returns.queries.standings import AtStake, at_stake
from consentry.web.answers import LOOKING, answers
from consentry.web.desk_visit import DeskVisit, at_desk
from consentry.web.forms.operator.collectors import ConfirmForm, NoticeForm, SecretForm
from consentry.web.pages.operator.acts import Act, act_page, sent
from consentry.web.pages.operator.collectors import AT_ONCE, found_at_desk
from consentry.web.pages.operator.frame import Place
from consentry.web.sentences import counted

_WAIT = "What is on its way arrives first: this may take a minute."


@answers(*LOOKING, "POST")
@at_desk
def secret(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """By what the collector knows us."""
    found, form = found_at_desk(collector), SecretForm(sent(request))
    said = (
        "Two can be set, so that one is replaced while the other works.",
        "The second is tried where the first is refused.",
    )
    act = _act(found, "Set a secret of {name}", said, "Set it", "It counts from the next submission on.")

    def do() -> object:
        which, clear = form.cleaned_data["which"], form.cleaned_data["secret"]
        return set_collector_secret(found.id, which, clear, by=visit.actor, at=visit.at)

    return act_page(request, visit, act, form, do)


@answers(*LOOKING, "POST")
@at_desk
def activate(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """Returns are sent to it."""
    found = found_at_desk(collector)
    form = ConfirmForm(sent(request), collector=found.name)
    if found.needs_consent:
        who = counted(at_stake(found).consents, "school consents", "schools consent")
        whom = f"{who}: their returns are sent from the next run on."
    else:
        whom = "The law asks for it: the returns of all its schools are sent from the next run on."
    act = _act(found, "Activate {name}", (whom,), "Activate it", "{name} is active.")
    return act_page(request, visit, act, form, lambda: activate_collector(found.id, by=visit.actor, at=visit.at))


@answers(*LOOKING, "POST")
@at_desk
def suspend(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """Nothing is sent to it for a while."""
    found = found_at_desk(collector)
    form, ends = NoticeForm(sent(request), collector=found.name), at_stake(found)
    waits = counted(ends.waiting, "submission that waits is", "submissions that wait are")
    said = (
        f"Nothing is sent to it until you activate it again. {waits} called off.",
        "Consents stay as they are. Schools see on their page that it is suspended, with your notice.",
        _WAIT,
    )
    act = _act(found, "Suspend {name}", said, "Suspend it", "{name} is suspended.", tone="danger")

    def do() -> object:
        return suspend_collector(found.id, form.cleaned_data["notice"], by=visit.actor, at=visit.at)

    return act_page(request, visit, act, form, do)


@answers(*LOOKING, "POST")
@at_desk
def discontinue(request: HttpRequest, visit: DeskVisit, collector: str) -> HttpResponse:
    """It collects nothing any more, for good."""
    found = found_at_desk(collector)
    form, ends = NoticeForm(sent(request), collector=found.name), at_stake(found)
    said = (*_over(found, ends), "This cannot be taken back. What was sent stays on the schools’ pages.", _WAIT)
    done = "{name} is discontinued. The consents of schools end now, or within minutes where there are many."
    act = _act(found, "Discontinue {name}", said, "Discontinue it for good", done, tone="danger")
    return act_page(request, visit, act, form, lambda: _discontinue(visit, found, form))


def _discontinue(visit: DeskVisit, found: Collector, form: Form) -> None:
    discontinue_collector(found.id, form.cleaned_data["notice"], by=visit.actor, at=visit.at)
    end_consents(at=visit.at, most=AT_ONCE)


def _over(found: Collector, ends: AtStake) -> tuple[str, ...]:
    waits = counted(ends.waiting, "submission that waits is", "submissions that wait are")
    consents = counted(ends.consents, "school’s consent ends", "schools’ consent ends")
    first = f"{consents}; {waits} called off." if found.needs_consent else f"{waits} called off."
    told = "Whoever looks after data returns at these schools is told, with your notice." if found.needs_consent else ""
    return tuple(each for each in (f"Nothing is sent to it any more. {first}", told) if each)


def _act(found: Collector, heading: str, said: tuple[str, ...], label: str, done: str, *, tone: str = "primary") -> Act:
    return Act(
        place=Place.COLLECTORS,
        name=found.name,
        back_url=reverse("desk-collector", args=[found.slug]),
        heading=heading.format(name=found.name),
        consequences=said,
        label=label,
        done=done.format(name=found.name),
        tone=tone,
    )
