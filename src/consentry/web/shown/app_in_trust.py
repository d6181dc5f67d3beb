"""One app at the schools of a trust, as trust/app.html, trust/preview.html and trust/round.html show it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse

from consentry.connections.deciding import Seen
from consentry.connections.queries.app_in_trust import AppForMe
from consentry.connections.queries.connections_of_trust import StandingAtSchool
from consentry.connections.queries.rounds_of import Round
from consentry.connections.queries.what_is_asked import AskedType
from consentry.partners.models import App
from consentry.rules.connection_life import Move, State
from consentry.rules.not_live import not_live
from consentry.rules.trust_decisions import Obstacle
from consentry.web import addresses
from consentry.web.downloads.table import Cell
from consentry.web.forms.trust_decision import APPROVED, TICKED, WAITING, Chosen, written
from consentry.web.obstacles import AT_THE_SCHOOL, in_the_way
from consentry.web.sentences import STATES, OfApp, counted, joined, moment
from consentry.web.shown.app import extent_sentence, permission_row
from consentry.web.shown.apps_by_school import app_tag, shown_standing
from consentry.web.shown.apps_list import downloads, initials
from consentry.web.visit import Visit
from consentry.workflows.decide_for_schools import Previewed

VERBS = {Move.APPROVE: "Approve", Move.REJECT: "Reject"}
DONE = {Move.APPROVE: "Approved", Move.REJECT: "Rejected"}
_STATE_OF = {WAITING: State.PENDING, APPROVED: State.APPROVED}
_NAMED = 5
_GONE = "A school that is not in the trust"


def of_app(app: App) -> OfApp:
    """As refusals name it."""
    return OfApp(app.name, app.company.name, (app.company.contact_email, app.contact_email))


def about(visit: Visit, app: App) -> dict[str, Any]:
    """Who the app is, on each of the three pages."""
    return {
        "name": app.name,
        "initials": initials(app.name),
        "logo_url": addresses.logo_of(app),
        "company": app.company.name,
        "description": app.description,
        "privacy_notice": addresses.safe_link(app.company.privacy_notice),
        "not_live": "" if app.is_live else not_live(app.name, app.company.name, *of_app(app).emails),
        "tag": app_tag(is_live=app.is_live, is_suspended=app.suspended_at is not None),
        "url": reverse("app-in-trust", args=[visit.site.slug, app.id]),
        "back_url": reverse("apps-by-school", args=[visit.site.slug]),
        "decide_url": reverse("app-in-trust-decide", args=[visit.site.slug, app.id]),
        "preview_url": reverse("app-in-trust-preview", args=[visit.site.slug, app.id]),
    }


def shown_choices(visit: Visit, schools: list[AppForMe], rounds: Iterable[Round], app: App) -> dict[str, Any]:
    """The context that trust/app.html names `choices`."""
    states = [each.app.state for each in schools]
    counts = {WAITING: states.count(State.PENDING), APPROVED: states.count(State.APPROVED)}
    return {
        "schools": [_school(visit, each) for each in schools],
        "options": [
            {"value": WAITING, "label": "All that wait", "count": counts[WAITING]},
            {"value": APPROVED, "label": "All that have approved it", "count": counts[APPROVED]},
            {"value": TICKED, "label": "Those that I tick above", "count": None},
        ],
        "first": WAITING if counts[WAITING] else TICKED,
        "rounds": [_told(visit, each, app) for each in rounds],
    }


def _school(visit: Visit, each: AppForMe) -> dict[str, Any]:
    standing = each.standing
    can_enter = each.school.is_reached and not each.school.is_shut_out and standing is not None
    return {
        "id": each.site.id,
        "name": each.site.name,
        "is_dummy": each.site.is_dummy,
        "standing": shown_standing(standing),
        "since": _since(standing, visit.at) if standing else "",
        "connection": standing.connection if standing else "",
        "enter_url": reverse("school-sign-in", args=[visit.site.slug, each.site.slug]) if can_enter else "",
    }


def _since(standing: StandingAtSchool, now: datetime) -> str:
    if standing.state is State.PENDING or standing.decided_at is None:
        return f"Asked on {moment(standing.requested_at, now).text}"
    return f"{STATES[standing.state]} on {moment(standing.decided_at, now).text} by {standing.decided_by}"


def of_choice(chosen: Chosen, schools: Iterable[AppForMe]) -> list[AppForMe]:
    """The schools that were chosen: by where the app stands there, or by the ticks."""
    if chosen.which == TICKED:
        return [each for each in schools if each.site.id in chosen.schools]
    return [each for each in schools if each.app.state is _STATE_OF[chosen.which]]


def previewed_of(schools: Iterable[AppForMe]) -> list[Previewed]:
    """What the person has before them of each school."""
    return [
        Previewed(each.site.id, each.standing.connection, Seen(each.standing.asked_id, each.standing.moves))
        for each in schools
        if each.standing is not None
    ]


def shown_preview(
    visit: Visit, app: App, move: Move, schools: list[AppForMe], asked: dict[int, tuple[AskedType, ...]]
) -> dict[str, Any]:
    """The context that trust/preview.html names `preview`; `asked` holds what each version asks for, by its id."""
    possible = [each for each in schools if each.obstacle(move) is None]
    barred = [(each, why) for each in schools if (why := each.obstacle(move)) is not None]
    return {
        "decision": move.value,
        "verb": VERBS[move],
        "is_approval": move is Move.APPROVE,
        "heading": f"{VERBS[move]} {app.name} for {counted(len(possible), 'school')}",
        "count": len(possible),
        "schools": [_possible(each) for each in possible],
        "dummies": [each.site.name for each in possible if each.site.is_dummy],
        "barred": [
            {"name": each.site.name, "why": in_the_way(why, of_app(app)), "way_out": _way_out(visit, each, why)}
            for each, why in barred
        ],
        "sets": _sets(possible, asked) if move is Move.APPROVE else [],
        "seen": [written(each) for each in previewed_of(possible)],
        "button": f"{VERBS[move]} for {counted(len(possible), 'school')}",
    }


def _way_out(visit: Visit, each: AppForMe, why: Obstacle) -> dict[str, Any] | None:
    """What the person does about it at the school itself: a button that takes them to the app there."""
    if why not in AT_THE_SCHOOL or each.standing is None:
        return None
    return {
        "label": AT_THE_SCHOOL[why].format(school=each.site.name),
        "url": reverse("school-sign-in", args=[visit.site.slug, each.site.slug]),
        "connection": each.standing.connection,
    }


def _possible(each: AppForMe) -> dict[str, Any]:
    return {"name": each.site.name, "is_dummy": each.site.is_dummy, "standing": shown_standing(each.standing)}


def _sets(possible: Iterable[AppForMe], asked: dict[int, tuple[AskedType, ...]]) -> list[dict[str, Any]]:
    """What the approval gives: one table for all schools, or one for each version where they were asked differently."""
    schools: dict[int, list[AppForMe]] = {}
    for each in possible:
        if each.standing is not None:
            schools.setdefault(each.standing.asked_id, []).append(each)
    return [_set(of_version, asked[version]) for version, of_version in schools.items()]


def _set(schools: list[AppForMe], asked: tuple[AskedType, ...]) -> dict[str, Any]:
    special = [f"{label} of {each.label}" for each in asked for label in each.special]
    standing = schools[0].standing
    return {
        "version": standing.asked if standing else 0,
        "sentence": extent_sentence(asked),
        "schools": joined([each.site.name for each in schools]),
        "rows": [permission_row(each) for each in asked],
        "special": _special(special),
    }


def _special(fields: list[str]) -> str:
    """Which fields are special category data: named when they are few."""
    if len(fields) > _NAMED:
        return f"{counted(len(fields), 'field')} of what it asks for, marked in the table."
    return f"{joined(fields)}." if fields else ""


def _told(visit: Visit, told: Round, app: App) -> dict[str, Any]:
    total = len(told.done) + len(told.not_done)
    return {
        "text": f"{DONE[told.move]} for {len(told.done)} of {counted(total, 'school')}",
        "by": told.by,
        "when": moment(told.at, visit.at),
        "url": reverse("app-in-trust-round", args=[visit.site.slug, app.id, told.run]),
    }


def shown_round(visit: Visit, told: Round, app: App, schools: Iterable[AppForMe]) -> dict[str, Any]:
    """The context that trust/round.html names `round`."""
    known = {each.site.id: each for each in schools}
    total = len(told.done) + len(told.not_done)
    files = [reverse("app-in-trust-round-file", args=[visit.site.slug, app.id, told.run, kind]) for kind in _KINDS]
    return {
        "heading": f"{DONE[told.move]} {app.name} for {len(told.done)} of {counted(total, 'school')}",
        "by": told.by,
        "when": moment(told.at, visit.at),
        "done": [_outcome(each, known.get(each), visit) for each in told.done],
        "done_word": DONE[told.move],
        "not_done": [
            _outcome(each, known.get(each), visit) | {"why": in_the_way(why, of_app(app))}
            for each, why in told.not_done.items()
        ],
        "left_out": _left_out(told.left_out),
        "downloads": downloads("This account", *files),
    }


def _left_out(schools: int) -> str:
    """What is said of those that a form named and the trust does not have."""
    if not schools:
        return ""
    return (
        f"{counted(schools, 'school')} that you chose {'is' if schools == 1 else 'are'} not in the trust, or no longer."
    )


_KINDS = ("csv", "xlsx")


def _outcome(school: int, found: AppForMe | None, visit: Visit) -> dict[str, Any]:
    standing = found.standing if found else None
    return {
        "id": school,
        "name": found.site.name if found else _GONE,
        "standing": shown_standing(standing),
        "since": _since(standing, visit.at) if standing else "",
    }


def round_table(shown: dict[str, Any]) -> Iterator[tuple[Cell, ...]]:
    """The account as a file."""
    yield ("School", "Outcome", "Why not", "Now")
    for each in shown["done"]:
        yield (each["name"], shown["done_word"], "", each["since"])
    for each in shown["not_done"]:
        yield (each["name"], "Not done", each["why"], each["since"])
