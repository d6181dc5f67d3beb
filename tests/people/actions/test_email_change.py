"""A change of e-mail: done when both addresses have confirmed it within 96 hours, and not before."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from tests.people.staffroom import at_site, told
from tests.world import NOW, PASSWORD, add_person, add_school

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.ask_email_change import MOST_A_DAY, ask_email_change
from consentry.people.actions.cancel_email_change import cancel_by_link, cancel_email_change
from consentry.people.actions.confirm_email_change import Confirmed, OldAddressNotToldError, confirm_email_change
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.mail_email_changes import mail_email_changes
from consentry.people.models import Account, EmailChange, User
from consentry.people.queries.email_changes import VALID_FOR
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError
from consentry.schools.models import Site
from consentry.schools.queries import school_id

ADDRESS = "https://consentry.example.org"
SOON = NOW + timedelta(hours=1)
OLD, NEW = "tom.reed@example.org", "tom@example.com"


@pytest.fixture
def site(database: str) -> Site:
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", OFFICE)
    return site


@pytest.fixture
def asha(site: Site) -> Account:
    return at_site(User.objects.get(name="Asha Patel"), site)


@pytest.fixture
def tom(site: Site) -> Account:
    return at_site(User.objects.get(name="Tom Reed"), site)


def keys(at: datetime = SOON) -> dict[str, str]:
    """Mail what waits; the keys of the links, by the address that was sent them."""
    mail.outbox.clear()
    mail_email_changes(base_url=ADDRESS, at=at)
    found = {each.to[0]: re.search(r"/accounts/email-change/(\S+)", str(each.body)) for each in mail.outbox}
    return {address: match[1] for address, match in found.items() if match}


def asked(tom: Account, by: Account, new: str = NEW) -> dict[str, str]:
    """The change is asked for, and its links are mailed."""
    ask_email_change(tom.school, tom.id, new, by=by, at=NOW)
    return keys()


def email_of(account: Account) -> str:
    account.user.refresh_from_db()
    return account.user.email


def test_both_addresses_confirm_and_only_then_it_is_done(site: Site, asha: Account, tom: Account) -> None:
    """Of the issue: "change of e-mail confirmed from both addresses"."""
    links = asked(tom, asha)
    assert set(links) == {OLD, NEW}

    assert confirm_email_change(links[OLD], at=SOON) is Confirmed.ONE_OF_TWO
    assert confirm_email_change(links[OLD], at=SOON) is Confirmed.ONE_OF_TWO
    assert email_of(tom) == OLD
    assert confirm_email_change(links[NEW], at=SOON) is Confirmed.CHANGED

    assert email_of(tom) == NEW
    assert authenticate(email=OLD, password=PASSWORD) is None
    assert authenticate(email=NEW, password=PASSWORD) == tom.user
    assert mail.outbox[-1].to == [OLD], "the old address is told"


def test_the_order_does_not_matter(site: Site, tom: Account) -> None:
    links = asked(tom, tom)

    outcomes = [confirm_email_change(links[address], at=SOON) for address in (NEW, OLD)]
    assert outcomes == [Confirmed.ONE_OF_TWO, Confirmed.CHANGED]


def test_all_sessions_end_and_each_of_their_sites_has_it_on_record(site: Site, asha: Account, tom: Account) -> None:
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    invite_user(elmwood, Invited(OLD, "Tom"), by=at_site(lee, elmwood), at=NOW)
    client = Client()
    client.force_login(tom.user)
    links = asked(tom, asha)

    for each in links.values():
        confirm_email_change(each, at=SOON)

    assert client.get("/oakfield/").status_code == 302
    assert (told(site)[0], told(elmwood)[0]) == ("user.email_changed", "user.email_changed")


def test_the_old_address_opens_and_receives_nothing_more(site: Site, tom: Account) -> None:
    """What the sign-in library had noted of it would otherwise still take a password, and be mailed links."""
    EmailAddress.objects.create(user=tom.user, email=OLD, verified=True, primary=True)
    links = asked(tom, tom)
    for each in links.values():
        confirm_email_change(each, at=SOON)

    assert not EmailAddress.objects.filter(email=OLD).exists()
    assert authenticate(email=OLD, password=PASSWORD) is None


def test_links_are_kept_as_hashes_and_stand_in_no_log(site: Site, asha: Account, tom: Account) -> None:
    links = asked(tom, asha)

    row = EmailChange.objects.get()
    assert {len(bytes(each)) for each in (row.old_key_hash, row.new_key_hash)} == {32}
    said = ""
    for school in (None, school_id(site)):
        with reading(school):
            said += str(list(Event.objects.values("details", "subject_name")))
    for secret in (*links.values(), OLD, NEW):
        assert secret not in said


def test_after_96_hours_no_link_works(site: Site, tom: Account) -> None:
    links = asked(tom, tom)
    confirm_email_change(links[OLD], at=NOW + VALID_FOR - timedelta(seconds=1))

    for key in links.values():
        with pytest.raises(EmailChange.DoesNotExist):
            confirm_email_change(key, at=NOW + VALID_FOR)
    assert timedelta(hours=96) == VALID_FOR
    assert email_of(tom) == OLD


@pytest.mark.parametrize("key", ["", "x", "x" * 10_000, "\0", "é", "\ud800", "../.."])
def test_a_link_of_nobodys_making_leads_nowhere(site: Site, tom: Account, key: str) -> None:
    ask_email_change(site, tom.id, NEW, by=tom, at=NOW)

    with pytest.raises(EmailChange.DoesNotExist):
        confirm_email_change(key, at=SOON)
    with pytest.raises(EmailChange.DoesNotExist):
        cancel_by_link(key, at=SOON)


def test_another_change_ends_the_one_underway(site: Site, asha: Account, tom: Account) -> None:
    first = asked(tom, asha)
    second = asked(tom, tom, "tom.new@example.com")

    for key in first.values():
        with pytest.raises(EmailChange.DoesNotExist):
            confirm_email_change(key, at=SOON)
    outcomes = {confirm_email_change(key, at=SOON) for key in second.values()}
    assert Confirmed.CHANGED in outcomes
    assert email_of(tom) == "tom.new@example.com"


def test_a_change_is_called_off_from_the_site_or_by_either_address(site: Site, asha: Account, tom: Account) -> None:
    links = asked(tom, asha)
    cancel_email_change(site, tom.id, by=tom, at=SOON)
    again = asked(tom, asha)
    cancel_by_link(again[OLD], at=SOON)

    for key in (*links.values(), *again.values()):
        with pytest.raises(EmailChange.DoesNotExist):
            confirm_email_change(key, at=SOON)
    with pytest.raises(InvalidError, match="no change"):
        cancel_email_change(site, tom.id, by=asha, at=SOON)


@pytest.fixture
def lee(tom: Account) -> Account:
    """Who looks after the users of Elmwood, where Tom has been added by his email."""
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)
    invite_user(elmwood, Invited(OLD, "Tom"), by=lee, at=NOW)
    return lee


def test_another_site_neither_replaces_nor_calls_off_what_one_has_asked_for(
    site: Site, asha: Account, tom: Account, lee: Account
) -> None:
    links = asked(tom, asha)
    there = at_site(tom.user, lee.school)

    with pytest.raises(InvalidError, match="another site"):
        ask_email_change(lee.school, there.id, "lee@example.com", by=lee, at=SOON)
    with pytest.raises(InvalidError, match="another site"):
        cancel_email_change(lee.school, there.id, by=lee, at=SOON)

    assert {confirm_email_change(key, at=SOON) for key in links.values()} >= {Confirmed.CHANGED}
    assert email_of(tom) == NEW


def test_the_person_themself_calls_it_off_from_any_site_and_both_have_it_on_record(
    site: Site, asha: Account, tom: Account, lee: Account
) -> None:
    links = asked(tom, asha)
    there = at_site(tom.user, lee.school)

    cancel_email_change(lee.school, there.id, by=there, at=SOON)

    with pytest.raises(EmailChange.DoesNotExist):
        confirm_email_change(links[NEW], at=SOON)
    assert (told(site)[0], told(lee.school)[0]) == ("email_change.ended", "email_change.ended")


def test_what_another_site_left_to_run_out_stands_in_nobodys_way(
    site: Site, asha: Account, tom: Account, lee: Account
) -> None:
    asked(tom, asha)
    there = at_site(tom.user, lee.school)

    ask_email_change(lee.school, there.id, "tom@elmwood.example", by=lee, at=NOW + VALID_FOR)


def test_a_site_that_asks_again_and_again_takes_nothing_from_another(
    site: Site, asha: Account, tom: Account, lee: Account
) -> None:
    there = at_site(tom.user, lee.school)
    for number in range(MOST_A_DAY):
        ask_email_change(lee.school, there.id, f"tom{number}@example.com", by=lee, at=NOW)
    cancel_email_change(lee.school, there.id, by=lee, at=NOW)

    ask_email_change(site, tom.id, NEW, by=asha, at=NOW)


def test_an_address_that_is_somebodys_gets_the_same_answer_when_asked_for(
    site: Site, asha: Account, tom: Account
) -> None:
    """Nobody learns who signs in with which address."""
    links = asked(tom, tom, asha.user.email.upper())
    assert set(links) == {OLD, asha.user.email}

    assert confirm_email_change(links[asha.user.email], at=SOON) is Confirmed.ONE_OF_TWO
    assert confirm_email_change(links[OLD], at=SOON) is Confirmed.TAKEN

    assert (email_of(tom), email_of(asha)) == (OLD, "asha.patel@example.org")
    with pytest.raises(EmailChange.DoesNotExist):
        confirm_email_change(links[OLD], at=SOON)


def test_an_address_taken_meanwhile_stays_with_who_has_it(site: Site, asha: Account, tom: Account) -> None:
    links = asked(tom, tom)
    invite_user(site, Invited(NEW, "Other Tom"), by=asha, at=NOW)

    outcomes = [confirm_email_change(key, at=SOON) for key in links.values()]

    assert outcomes[-1] is Confirmed.TAKEN
    assert email_of(tom) == OLD


def test_nobody_changes_anybody_elses_address_without_permission(site: Site, asha: Account, tom: Account) -> None:
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)

    with pytest.raises(NotPermittedError):
        ask_email_change(site, asha.id, NEW, by=tom, at=NOW)
    with pytest.raises(NotPermittedError):
        cancel_email_change(site, asha.id, by=tom, at=NOW)
    with pytest.raises(Account.DoesNotExist):
        ask_email_change(site, lee.id, NEW, by=asha, at=NOW)
    with pytest.raises(InvalidError, match="already"):
        ask_email_change(site, tom.id, OLD.upper(), by=asha, at=NOW)


def test_nobody_is_mailed_again_and_again(site: Site, tom: Account) -> None:
    for number in range(MOST_A_DAY):
        ask_email_change(site, tom.id, f"tom{number}@example.com", by=tom, at=NOW)

    with pytest.raises(InvalidError, match="try again tomorrow"):
        ask_email_change(site, tom.id, NEW, by=tom, at=NOW + timedelta(hours=23))
    ask_email_change(site, tom.id, NEW, by=tom, at=NOW + timedelta(hours=24))


def test_nothing_is_changed_when_the_old_address_cannot_be_told(site: Site, tom: Account) -> None:
    links = asked(tom, tom)
    confirm_email_change(links[OLD], at=SOON)
    away = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away), pytest.raises(OldAddressNotToldError):
        confirm_email_change(links[NEW], at=SOON)

    assert email_of(tom) == OLD
    assert confirm_email_change(links[NEW], at=SOON) is Confirmed.CHANGED


def test_a_link_that_could_not_be_mailed_is_mailed_with_the_next_run(site: Site, tom: Account) -> None:
    ask_email_change(site, tom.id, NEW, by=tom, at=NOW)
    away = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away):
        assert keys() == {}

    assert set(keys()) == {OLD, NEW}
    assert keys() == {}, "each once"


@pytest.mark.races
def test_two_runs_at_once_make_each_link_once(site: Site, asha: Account, tom: Account) -> None:
    ask_email_change(site, tom.id, NEW, by=tom, at=NOW)
    ask_email_change(site, asha.id, "asha@example.com", by=asha, at=NOW)
    mail.outbox.clear()
    start = Barrier(4)

    def run() -> int:
        start.wait()
        try:
            return mail_email_changes(base_url=ADDRESS, at=SOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = [each.result() for each in [pool.submit(run) for _ in range(4)]]

    assert sum(sent) == len(mail.outbox) == 4


@pytest.mark.races
@pytest.mark.parametrize("round_", range(3))
def test_both_addresses_may_confirm_at_the_same_moment(site: Site, tom: Account, round_: int) -> None:
    links = asked(tom, tom)
    start = Barrier(2)

    def confirm(key: str) -> Confirmed:
        start.wait()
        try:
            return confirm_email_change(key, at=SOON)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = [each.result() for each in [pool.submit(confirm, key) for key in links.values()]]

    assert set(outcomes) == {Confirmed.ONE_OF_TWO, Confirmed.CHANGED}
    assert email_of(tom) == NEW
