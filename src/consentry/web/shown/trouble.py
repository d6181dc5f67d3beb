"""The trouble page of a connection: why the sync may not work, whom to contact, and what was reported."""

from typing import Any

from django.urls import reverse

from consentry.connections.queries.trouble_of import Trouble
from consentry.partners.models import TroubleNote, TroubleReport
from consentry.partners.troubling import may_be_reopened
from consentry.rules.pages import Page
from consentry.rules.trouble_facts import Cause, causes
from consentry.rules.trouble_life import TROUBLE_MOVES, TroubleKind, TroubleMove, TroubleState
from consentry.web import addresses
from consentry.web.sentences import moment
from consentry.web.shown.app import shown_about, shown_behind, who_decides
from consentry.web.shown.readiness import shown_readiness
from consentry.web.shown.trouble_causes import cause_words
from consentry.web.shown.trouble_facts import shown_facts
from consentry.web.shown.trouble_report import TONES, shown_report
from consentry.web.visit import Visit

_REVIEWS = {Cause.REVIEW_WOULD_HELP, Cause.REVIEW_WAITS}
_DECISIONS = {Cause.PENDING, Cause.REJECTED}


def shown_trouble(visit: Visit, found: Trouble, reports: list[TroubleReport]) -> dict[str, Any]:
    """The context that partner_apps/trouble.html takes besides the shell's and the form."""
    slug, app = visit.site.slug, found.app
    is_open = next((each for each in reports if each.state != TroubleState.SETTLED), None)
    first, *others = (_cause(visit, cause, found) for cause in causes(found.facts))
    return {
        "app": shown_about(app, addresses.app(slug, found.connection)),
        "first": first,
        "others": others,
        "readiness": shown_readiness(visit, found.connection, found.needs, found.counts),
        "facts": shown_facts(found.facts, app.name, app.company, visit.at),
        "behind": [shown_behind(each) for each in found.behind],
        "reports": [_row(visit, each) for each in reports],
        "open_url": reverse("trouble", args=[slug, is_open.id]) if is_open else "",
        "report_url": reverse("partner-app-trouble-report", args=[slug, found.connection]),
        **who_decides(visit),
    }


def shown_own_report(
    visit: Visit, report: TroubleReport, notes: list[TroubleNote], connection: int | None
) -> dict[str, Any]:
    """The context that partner_apps/trouble_report.html takes besides the shell's and the form."""
    args, state = [visit.site.slug, report.id], TroubleState(report.state)
    can_say = state is not TroubleState.SETTLED or may_be_reopened(report, visit.at)
    slug = visit.site.slug
    return {
        "trouble": shown_report(report, notes, visit.at),
        "say_url": reverse("trouble-say", args=args) if can_say else "",
        "settle_url": reverse("trouble-settle", args=args) if (state, TroubleMove.SETTLE) in TROUBLE_MOVES else "",
        "is_settled": state is TroubleState.SETTLED,
        "back_url": reverse("partner-app-trouble", args=[slug, connection]) if connection else addresses.home(slug),
    }


def _cause(visit: Visit, cause: Cause, found: Trouble) -> dict[str, Any]:
    slug, link = visit.site.slug, None
    if cause in _REVIEWS:
        link = {"label": "See what is new, and decide", "url": addresses.review(slug, found.connection)}
    elif cause in _DECISIONS:
        link = {"label": "Look at what it asks for, and decide", "url": addresses.app(slug, found.connection)}
    tone = "notice" if cause in {Cause.NOTHING_FOUND, Cause.REVIEW_WAITS} else "warning"
    return cause_words(cause, found.facts, found.app.name, found.app.company) | {
        "link": link,
        "tone": tone,
        "is_found": cause is not Cause.NOTHING_FOUND,
    }


def _row(visit: Visit, report: TroubleReport) -> dict[str, Any]:
    state = TroubleState(report.state)
    return {
        "kind": TroubleKind(report.kind).label,
        "url": reverse("trouble", args=[visit.site.slug, report.id]) if visit.may(Page.PARTNER_APPS) else "",
        "when": moment(report.at, visit.at),
        "by": report.reported_by.name,
        "tag": {"label": state.label, "tone": TONES[state]},
    }
