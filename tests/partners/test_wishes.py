"""What schools wish for, below the pages: limits, two at once, mails that fail."""

import threading
from dataclasses import replace

import pytest
from django.core import mail
from django.db import connection
from tests.world import NOW, account_of, add_app, add_person, add_school
from tests.world_partners import BASE, LIBRARIO, waiting_company, wish_for

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.partners.actions.accept_company import accept_company
from consentry.partners.actions.answer_wish import answer_wish
from consentry.partners.actions.fulfil_wishes import fulfil_wish, fulfil_wishes
from consentry.partners.actions.mail_letters import GIVE_UP_AFTER, mail_letters
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.actions.tell_of_wish import tell_of_wish
from consentry.partners.models import AppWish, CompanyLetter
from consentry.people.models import Notification, User
from consentry.rules.invalid import InvalidError
from consentry.rules.wish_life import MOST_NOTES, WishState
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def school(database: str) -> tuple[Site, User]:
    site = add_school()
    return site, add_person(site)


def test_a_wish_holds_so_many_notes(school: tuple[Site, User]) -> None:
    site, asha = school
    wish, by = wish_for(site, asha), account_of(asha, site)
    for number in range(MOST_NOTES):
        answer_wish(site, wish.id, f"Note {number}", by=by, at=NOW)

    with pytest.raises(InvalidError, match="100 notes already"):
        answer_wish(site, wish.id, "One more", by=by, at=NOW)
    assert wish.notes.count() == MOST_NOTES


def test_of_two_who_ask_for_the_same_app_at_once_one_is_told(school: tuple[Site, User]) -> None:
    """Whoever comes first: a site has one open wish for an app."""
    site, asha = school
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def ask() -> None:
        start.wait()
        try:
            wish_for(site, asha, LIBRARIO)
            outcomes.append("asked")
        except InvalidError:
            outcomes.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=ask) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(outcomes) == ["asked", "refused"]
    assert AppWish.objects.count() == 1


def test_a_company_that_cannot_be_reached_is_given_up_after_days(school: tuple[Site, User]) -> None:
    wish_for(*school)
    accept_company(waiting_company().id, by=OPERATOR, at=NOW)
    before = len(mail.outbox)

    assert tell_of_wish(base_url=BASE, at=NOW + GIVE_UP_AFTER) == 0
    assert mail_letters(base_url=BASE, at=NOW + GIVE_UP_AFTER) == 0

    assert len(mail.outbox) == before
    assert CompanyLetter.objects.get().mailed_at is None
    assert AppWish.objects.get().company_told_at is None


def test_a_mail_that_was_sent_is_not_sent_again(school: tuple[Site, User]) -> None:
    wish_for(*school)
    accept_company(waiting_company().id, by=OPERATOR, at=NOW)

    assert tell_of_wish(base_url=BASE, at=NOW) + mail_letters(base_url=BASE, at=NOW) == 2
    assert tell_of_wish(base_url=BASE, at=NOW) + mail_letters(base_url=BASE, at=NOW) == 0


def test_a_wish_ends_by_itself_when_its_app_is_in_the_directory(school: tuple[Site, User]) -> None:
    """Its name and its company's say which it is; whoever asked is told once."""
    site, asha = school
    wish = wish_for(site, asha, replace(LIBRARIO, app_name="librario"))
    other = wish_for(site, asha, replace(LIBRARIO, app_name="Librario Plus"))
    app = add_app("Librario", company="Page Turners Ltd", is_live=False)
    assert fulfil_wishes(at=NOW) == 0

    set_app_live(app, is_live=True, by=OPERATOR, at=NOW)
    assert fulfil_wishes(at=NOW) == 1
    assert fulfil_wishes(at=NOW) == 0
    assert not fulfil_wish(wish.id, app.id, at=NOW), "it ended meanwhile"

    wish.refresh_from_db()
    other.refresh_from_db()
    assert (wish.state, wish.app_id) == (WishState.DIRECTORY, app.id)
    assert other.state == WishState.ASKED
    assert wish.notes.get().by == "Consentry"
    with reading(school_id(site)):
        assert [each.title for each in Notification.objects.filter(title__contains="partner")] == [
            "Librario is a partner app now"
        ]
