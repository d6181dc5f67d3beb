"""Consent, as returns/standing.html and returns/consent.html show it: how it stands, its history, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from consentry.returns.models import Collector, Consent
from consentry.rules.collectors import CollectorStatus
from consentry.rules.pages import Page
from consentry.rules.sending_allowed import Obstacle
from consentry.rules.submission_life import ConsentEnd
from consentry.web.sentences import joined, moment, moment_or_none
from consentry.web.shown.returns.words import CONSENT_ENDS, OBSTACLES
from consentry.web.visit import Visit

_LACKS = "If you don’t have this permission you can ask your office team to assign it to you: “{permission}”. {giver}"
_MORE = "it asks for more than your school agreed to"


@dataclass(frozen=True)
class Standing:
    """How a school stands with a collector: all its consents, the newest first, and why nothing is sent, if so.

    `widened` says in which ways more is asked for than the last consent covers.
    """

    consents: Sequence[Consent]
    obstacle: Obstacle | None
    widened: Sequence[str] = ()

    @property
    def open(self) -> Consent | None:
        """The consent that nobody has ended."""
        return next((each for each in self.consents if each.ended_at is None), None)


def shown_standing(visit: Visit, collector: Collector, standing: Standing) -> dict[str, Any]:
    """The context that the templates name `consent`."""
    may = visit.may(Page.DATA_RETURNS)
    return {
        "tag": _tag(collector, standing),
        "sentence": _sentence(visit, collector, standing),
        "notice": _notice(visit, collector, standing),
        "button": _button(collector, standing),
        "url": reverse("returns-consent", args=[visit.site.slug, collector.slug]),
        "may": may,
        "lacks": "" if may else lacks(visit),
        "may_send": standing.obstacle is None,
        "send_url": reverse("returns-send", args=[visit.site.slug, collector.slug]),
        "history": [_told(visit, each) for each in standing.consents],
    }


def lacks(visit: Visit) -> str:
    """What is said to somebody who may neither decide nor send."""
    missing = visit.missing(Page.DATA_RETURNS)
    return _LACKS.format(permission=missing, giver=visit.giver(missing))


def _covers(collector: Collector, standing: Standing) -> Consent | None:
    there = standing.open
    return there if there and there.version >= collector.consent_from and not collector.is_over else None


def _tag(collector: Collector, standing: Standing) -> dict[str, str]:
    if collector.is_over:
        return {"label": "Discontinued", "tone": "neutral"}
    if not collector.needs_consent:
        return {"label": "Required by law", "tone": "notice"}
    if _covers(collector, standing):
        return {"label": "Consent given", "tone": "good"}
    return {"label": "No consent", "tone": "warning"}


def _sentence(visit: Visit, collector: Collector, standing: Standing) -> str:
    """How it stands, with who and when."""
    given = _covers(collector, standing)
    if given:
        when = moment(given.given_at, visit.at).text
        return f"{given.given_name} gave consent for your school on {when}."
    if collector.is_over or not collector.needs_consent:
        return "" if collector.is_over else "The law asks your school for this: there is nothing to consent to."
    last = standing.consents[0] if standing.consents else None
    if last is None:
        return "Your school has not given consent: nothing is sent."
    if last.ended_at is None or last.ended_why == ConsentEnd.WIDENED:
        return "Your school’s consent is over, and nothing is sent until somebody gives it again."
    when = moment(last.ended_at, visit.at).text
    return f"{last.ended_name or 'Somebody'} removed your school’s consent on {when}: nothing is sent."


def _button(collector: Collector, standing: Standing) -> str:
    if collector.is_over or not collector.needs_consent or standing.obstacle is Obstacle.NOT_ASKED:
        return ""
    if _covers(collector, standing):
        return "Remove consent"
    return "" if standing.obstacle is Obstacle.DUMMY_SITE else "Give consent"


def _notice(visit: Visit, collector: Collector, standing: Standing) -> dict[str, str] | None:
    """What stands on top of the page where nothing is sent, or more is asked for."""
    if collector.is_over:
        return _notice_of_end(visit, collector, standing)
    if collector.needs_consent and _is_narrower(collector, standing):
        ways = joined(list(standing.widened)) if standing.widened else _MORE
        text = (
            f"Since your school gave consent, this has changed: {ways}. Nothing is sent until it gives consent again."
        )
        return {"tone": "warning", "title": f"{collector.name} asks for more", "text": text}
    if standing.obstacle in {Obstacle.DUMMY_SITE, Obstacle.SUSPENDED} or collector.status == CollectorStatus.SUSPENDED:
        why = standing.obstacle if standing.obstacle is Obstacle.DUMMY_SITE else Obstacle.SUSPENDED
        title = "Nothing is sent from a dummy site" if why is Obstacle.DUMMY_SITE else f"{collector.name} is suspended"
        text = f"{OBSTACLES[why].format(collector=collector.name)} {collector.notice}".strip()
        return {"tone": "notice", "title": title, "text": text}
    return None


def _is_narrower(collector: Collector, standing: Standing) -> bool:
    """Whether the last consent was to less, and nobody has removed it."""
    last = standing.consents[0] if standing.consents else None
    if last is None or last.version >= collector.consent_from:
        return False
    return last.ended_at is None or last.ended_why == ConsentEnd.WIDENED


def _notice_of_end(visit: Visit, collector: Collector, standing: Standing) -> dict[str, str]:
    """The notice of a discontinued collector, and what became of the school's consent."""
    ended = moment(collector.status_at, visit.at).text
    said = [f"{collector.recipient} is no longer collecting attendance data using this service, since {ended}."]
    last = standing.consents[0] if standing.consents else None
    if last and last.ended_why == ConsentEnd.DISCONTINUED and last.ended_at:
        said.append(f"Your school’s consent was removed automatically on {moment(last.ended_at, visit.at).text}.")
    elif last and last.ended_at is None:
        said.append("Your school’s consent is being removed automatically.")
    said.append("Nothing is sent any more, and consent can no longer be given.")
    if last or not collector.needs_consent:
        said.append("What was sent stays readable below.")
    text = " ".join([*said, collector.notice])
    return {"tone": "warning", "title": "Important notice on this feature", "text": text.strip()}


def _told(visit: Visit, consent: Consent) -> dict[str, Any]:
    ended = f"{CONSENT_ENDS[ConsentEnd(consent.ended_why)]}" if consent.ended_why else ""
    return {
        "given": moment(consent.given_at, visit.at),
        "given_by": consent.given_name,
        "ended": moment_or_none(consent.ended_at, visit.at),
        "ended_by": consent.ended_name,
        "why": ended,
        "version": consent.version,
    }
