"""Bring one connection along to its app's newest version: narrower at once, wider as a review."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.utils import timezone

from consentry.audit.actor import Actor, ActorKind
from consentry.audit.change import Change, change
from consentry.audit.names import EventName
from consentry.connections.actions.end_reviews import end_reviews
from consentry.connections.actions.write_receipt import write_receipt
from consentry.connections.deciding import lock_connection
from consentry.connections.models import Connection, Review
from consentry.connections.queries.behind import Behind
from consentry.partners.models import PermissionSetVersion
from consentry.partners.queries.apps import latest_version
from consentry.people.actions.notify import notify
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.rules.connection_life import State
from consentry.rules.pages import Page
from consentry.rules.receipts import Decision
from consentry.rules.review_life import ReviewMove
from consentry.rules.widening import compare, is_wider


class Followed(Enum):
    """What became of a connection when its app published."""

    ASKED_ANEW = "asked anew"
    IN_FORCE = "in force"
    REVIEW = "review"


class NothingToFollowError(Exception):
    """The connection stands at the app's newest version already."""


@dataclass(frozen=True)
class _News:
    """What the people of the site are told; `step` leads on from the app's page."""

    title: str
    text: str
    step: str = ""


def follow_version(behind: Behind, *, at: datetime) -> Followed:
    """What the newest version means at this one site, in a transaction of its own.

    Not approved: the site will be asked for the newest. Approved, and the newest gives the app nothing that it lacks:
    in force from the next call on; the site is told of what it gave up, or of other reasons. Approved and wider: the
    version in force stays, and a review is opened beside it.
    A review that was open of an earlier version is superseded. Raises NothingToFollowError.
    """
    with change(actor=Actor(ActorKind.APP, behind.app, behind.app_name), at=at, school=behind.school) as this:
        related = ("app__company", "school", "asked", "version", "decided_from")
        connection = lock_connection(behind.school, behind.connection, *related)
        newest = latest_version(connection.app)
        if newest is None or newest.id == (connection.follows_id or connection.asked_id):
            raise NothingToFollowError
        connection.follows = newest
        end_reviews(this, connection, ReviewMove.SUPERSEDE)
        return _follow(this, connection, newest)


def _follow(this: Change, connection: Connection, newest: PermissionSetVersion) -> Followed:
    if connection.state != State.APPROVED or connection.version is None:
        return _ask_anew(this, connection, newest)
    if is_wider(connection.version.grants(), newest.grants()):
        return _review(this, connection, connection.version, newest)
    return _put_in_force(this, connection, connection.version, newest)


def _ask_anew(this: Change, connection: Connection, newest: PermissionSetVersion) -> Followed:
    """Nobody's decision stands against it: what is before the site is the newest version."""
    connection.asked = newest
    connection.moves += 1
    connection.save()
    _record(this, EventName.REQUEST_CHANGED, connection, newest)
    if connection.state == State.PENDING:
        news = _News(
            f"{connection.app.name} asks for something else now",
            f"Before you decided, {connection.app.name} published version {newest.number} of what it asks for. "
            "That is the one you decide on.",
        )
        _tell(this, connection, news)
    return Followed.ASKED_ANEW


def _put_in_force(
    this: Change, connection: Connection, before: PermissionSetVersion, newest: PermissionSetVersion
) -> Followed:
    connection.version = connection.asked = newest
    connection.moves += 1
    connection.save()
    _record(this, EventName.VERSION_IN_FORCE, connection, newest, before=before.number)
    if compare(before.grants(), newest.grants()):
        write_receipt(this, connection, Decision.NARROWED, about=newest, before=before)
        news = _News(
            f"{connection.app.name} asks for less",
            f"{connection.app.name} asks for less than you approved, so version {newest.number} is in force already. "
            "You need do nothing.",
        )
        _tell(this, connection, news)
    elif before.reasons() != newest.reasons():
        write_receipt(this, connection, Decision.REWORDED, about=newest, before=before)
        news = _News(
            f"{connection.app.name} gives other reasons",
            f"{connection.app.name} asks for the same data as you approved, and says otherwise what it is for. "
            "Read it: if you would not have approved that, reject the app.",
        )
        _tell(this, connection, news)
    return Followed.IN_FORCE


def _review(
    this: Change, connection: Connection, before: PermissionSetVersion, newest: PermissionSetVersion
) -> Followed:
    connection.save()
    review = Review.objects.create(
        school_id=this.school, connection=connection, before=before, after=newest, opened_at=this.at
    )
    this.record(
        EventName.REVIEW_OPENED,
        review,
        connection=connection.id,
        app=connection.app_id,
        app_name=connection.app.name,
        version=newest.number,
    )
    news = _News(
        f"{connection.app.name} asks for more",
        f"{connection.app.name} by {connection.app.company.name} asks for more than you approved. Until you accept it, "
        "everything stays as it is.",
        step="/review",
    )
    _tell(this, connection, news)
    return Followed.REVIEW


def _record(this: Change, name: EventName, connection: Connection, version: PermissionSetVersion, **more: int) -> None:
    this.record(name, connection, app=connection.app_id, app_name=connection.app.name, version=version.number, **more)


def _tell(this: Change, connection: Connection, news: _News) -> None:
    site = connection.school
    people = accounts_permitted(this.school, opening_of(Page.PARTNER_APPS, site.level), timezone.localdate(this.at))
    path = f"/{site.slug}/partner-apps/{connection.id}{news.step}"
    notify(this, people, title=news.title, text=news.text, path=path)
