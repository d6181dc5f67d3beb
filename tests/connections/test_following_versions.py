"""An app publishes its next version: narrower is in force at once everywhere, wider waits as a review at each site."""

from collections.abc import Sequence

import pytest
from django.core import mail

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.connections.actions.accept_review import accept_review
from consentry.connections.actions.decline_review import decline_review
from consentry.connections.actions.follow_version import Followed, NothingToFollowError, follow_version
from consentry.connections.models import Connection, Receipt, Review
from consentry.connections.queries.behind import Behind, connections_behind
from consentry.connections.queries.receipts import receipt_in_words
from consentry.connections.reading.read import Door
from consentry.partners.actions.mail_letters import mail_letters
from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.models import App
from consentry.people.models import Notification, User
from consentry.rules.connection_life import MoveRefusedError, State
from consentry.rules.permissions import NotPermittedError
from consentry.rules.review_life import ReviewRefusedError, ReviewState
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from consentry.workflows.publish_permission_set import Publication, publish_permission_set
from tests.world import (
    EMAILS,
    NOW,
    READ,
    STUDENTS,
    account_of,
    add_app,
    add_person,
    add_school,
    approve,
    ask,
    call,
    reject,
)

NARROWER = AskedRow("Student", ["person"], READ)
WIDER = AskedRow("Student", ["person", "studentNumber", "ethnicity", "religion"], READ, "To plan the prayer room")


def publish(app: App, rows: Sequence[AskedRow], note: str = "A change") -> Publication:
    return publish_permission_set(app, rows, note=note, by=OPERATOR, at=NOW)


def at(site: Site) -> Connection:
    with reading(school_id(site)):
        return Connection.objects.select_related("version", "asked").get(school=site)


def review_at(site: Site) -> Review:
    with reading(school_id(site)):
        return Review.objects.select_related("before", "after").get(school=site)


def receipts_at(site: Site) -> list[Receipt]:
    with reading(school_id(site)):
        return list(Receipt.objects.filter(school=site).order_by("id"))


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(site: Site) -> User:
    return add_person(site)


@pytest.fixture
def app(site: Site, asha: User) -> App:
    """An app with students and e-mails in version 1, approved."""
    app = add_app(rows=[STUDENTS, EMAILS])
    approve(ask(app, site), asha)
    return app


def test_a_narrower_version_is_in_force_at_once_everywhere(site: Site, app: App) -> None:
    """The permission set is the same for all schools: giving something up needs nobody's yes, and each is told."""
    other = add_school("brook-lane")
    approve(ask(app, other), add_person(other, "Grace Amadi"))

    published = publish(app, [NARROWER])

    assert published.followed == {Followed.IN_FORCE: 2}
    assert published.waiting == 0
    for each in (site, other):
        assert at(each).version == published.version
        assert [receipt.decision for receipt in receipts_at(each)] == ["approved", "narrowed"]
        with reading(school_id(each)):
            assert Notification.objects.filter(school=each, title__contains="asks for less").count() == 1
            assert Event.objects.filter(school_id=each.id, name="version.put_in_force").count() == 1


def test_a_wider_version_waits_and_the_one_in_force_stays(site: Site, app: App) -> None:
    published = publish(app, [WIDER, EMAILS])

    connection, review = at(site), review_at(site)
    assert published.followed == {Followed.REVIEW: 1}
    assert connection.version is not None
    assert connection.version.number == 1
    assert (review.before.number, review.after.number, review.state) == (1, 2, ReviewState.OPEN)
    assert call(app, site) is Door.OPEN


def test_what_gives_more_and_less_at_once_is_wider(site: Site, app: App) -> None:
    """Nothing of it is in force before the school says so."""
    publish(app, [WIDER])

    assert at(site).version != review_at(site).after


def test_the_same_again_is_in_force_without_a_word(site: Site, app: App) -> None:
    published = publish(app, [STUDENTS, EMAILS])

    assert at(site).version == published.version
    assert [each.decision for each in receipts_at(site)] == ["approved"]


def test_accepting_puts_the_wider_version_in_force_and_gives_a_receipt(site: Site, app: App, asha: User) -> None:
    published = publish(app, [WIDER, EMAILS])
    review = review_at(site)

    accept_review(site, review.id, review.moves, by=account_of(asha, site), at=NOW)

    connection, receipt = at(site), receipts_at(site)[-1]
    assert connection.version == connection.asked == published.version
    assert receipt.decision == "review accepted"
    assert (receipt.content["version_before"], receipt.content["version"]) == (1, 2)
    words = receipt_in_words(receipt)
    assert "Decided by: Asha Patel" in words
    assert "Special category data: Religion, Ethnicity" in words
    assert "Why: To plan the prayer room" in words


def test_declining_keeps_the_old_one_and_can_be_thought_over(site: Site, app: App, asha: User) -> None:
    published = publish(app, [WIDER, EMAILS])
    review = review_at(site)

    decline_review(site, review.id, review.moves, by=account_of(asha, site), at=NOW)

    assert at(site).version != published.version
    assert review_at(site).state == ReviewState.DECLINED
    accept_review(site, review.id, review_at(site).moves, by=account_of(asha, site), at=NOW)
    assert at(site).version == published.version


def test_a_later_version_supersedes_the_review(site: Site, app: App, asha: User) -> None:
    publish(app, [WIDER, EMAILS])
    first = review_at(site)

    publish(app, [NARROWER])

    with reading(school_id(site)):
        assert Review.objects.get(id=first.id).state == ReviewState.SUPERSEDED
    with pytest.raises(ReviewRefusedError) as refused:
        accept_review(site, first.id, first.moves, by=account_of(asha, site), at=NOW)
    assert refused.value.is_stale
    assert at(site).asked.number == 3


def test_rejecting_withdraws_the_review_and_approving_again_gives_the_newest(site: Site, app: App, asha: User) -> None:
    published = publish(app, [WIDER, EMAILS])

    reject(at(site), asha)

    connection = at(site)
    assert review_at(site).state == ReviewState.WITHDRAWN
    assert connection.asked == published.version
    assert receipts_at(site)[-1].content["version"] == 1  # what was taken away
    approve(connection, asha)
    assert at(site).version == published.version


def test_a_waiting_request_is_for_the_newest_version(site: Site, asha: User) -> None:
    """Who had the page of the older one before them cannot approve the newer by it."""
    app = add_app(rows=[STUDENTS])
    seen = ask(app, site)

    published = publish(app, [WIDER])

    connection = at(site)
    assert (connection.state, connection.asked) == (State.PENDING, published.version)
    with pytest.raises(MoveRefusedError):
        approve(seen, asha)


def test_following_twice_changes_nothing(site: Site, app: App) -> None:
    publish(app, [WIDER, EMAILS])

    assert connections_behind(app.id) == []
    with pytest.raises(NothingToFollowError):
        follow_version(Behind(school_id(site), at(site).id, app.id, app.name), at=NOW)


def test_a_review_of_another_site_is_not_found(app: App, site: Site) -> None:
    publish(app, [WIDER, EMAILS])
    other = add_school("brook-lane")
    grace = add_person(other, "Grace Amadi")

    with pytest.raises(Review.DoesNotExist):
        accept_review(other, review_at(site).id, 1, by=account_of(grace, other), at=NOW)


def test_who_may_not_decide_may_not_decide_reviews(app: App, site: Site) -> None:
    publish(app, [WIDER, EMAILS])
    review, mia = review_at(site), add_person(site, "Mia Cole", role=None)

    for decide in (accept_review, decline_review):
        with pytest.raises(NotPermittedError):
            decide(site, review.id, review.moves, by=account_of(mia, site), at=NOW)


def test_approving_and_rejecting_give_receipts(site: Site, app: App, asha: User) -> None:
    reject(at(site), asha)

    assert [each.decision for each in receipts_at(site)] == ["approved", "rejected"]
    assert {each.content["decided_by"] for each in receipts_at(site)} == {"Asha Patel"}


def test_the_company_is_told_what_each_site_decided_but_not_by_whom(site: Site, app: App, asha: User) -> None:
    publish(app, [WIDER, EMAILS])
    decline_review(site, review_at(site).id, review_at(site).moves, by=account_of(asha, site), at=NOW)
    accept_review(site, review_at(site).id, review_at(site).moves, by=account_of(asha, site), at=NOW)
    reject(at(site), asha)

    sent = mail_letters(base_url="https://consentry.example", at=NOW)

    assert sent == 4
    assert [each.subject for each in mail.outbox] == [
        "Oakfield School has approved Timetabler",
        "Oakfield School has declined the change of Timetabler",
        "Oakfield School has accepted the change of Timetabler",
        "Oakfield School has rejected Timetabler",
    ]
    assert {tuple(each.to) for each in mail.outbox} == {("jo@acme.example",)}
    assert not any("Asha" in str(each.body) for each in mail.outbox)
    assert f"/partners/{app.company_id}/apps/{app.id}" in str(mail.outbox[0].body)


def test_the_same_data_for_another_reason_is_told_with_a_receipt(site: Site, app: App) -> None:
    """What data is for is part of what was agreed to: it does not change behind a school's back."""
    told = AskedRow("Student", STUDENTS.fields, READ, "To sell the list of names")

    published = publish(app, [told, EMAILS])

    assert published.followed == {Followed.IN_FORCE: 1}
    (first, last) = receipts_at(site)
    assert (first.decision, last.decision) == ("approved", "reworded")
    assert [row["reason"] for row in last.content["rows"] if row["reason"]] == ["To sell the list of names"]
    assert "nobody had to" in receipt_in_words(last)
    with reading(school_id(site)):
        assert Notification.objects.filter(school=site, title="Timetabler gives other reasons").count() == 1
