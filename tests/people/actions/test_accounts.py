"""Looking after accounts: shutting somebody out, letting them in again, signing them out, finding them by SSO."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from tests.people.staffroom import TODAY, TOMORROW, at_site, told
from tests.world import NOW, PASSWORD, add_person, add_school, add_trust, give_schools

from consentry.audit.actor import OPERATOR
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.change_profile_email import change_profile_email
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.enable_account import enable_account
from consentry.people.actions.give_permission import give_permission
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.mail_links import mail_links
from consentry.people.actions.send_password_link import MOST_A_DAY as LINKS_A_DAY
from consentry.people.actions.send_password_link import send_password_link
from consentry.people.actions.sign_out_everywhere import MOST_A_DAY as SIGN_OUTS_A_DAY
from consentry.people.actions.sign_out_everywhere import sign_out_everywhere
from consentry.people.models import Account, User
from consentry.rules.invalid import InvalidError
from consentry.rules.periods import Period
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import CannotGiveError
from consentry.schools.models import Site


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


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account.user)
    return client


def is_in(client: Client, slug: str = "oakfield") -> bool:
    """Whether the next click shows a page of the site."""
    return client.get(f"/{slug}/").status_code == 200


def test_a_disabled_user_is_signed_out_at_the_next_click(site: Site, asha: Account, tom: Account) -> None:
    """Of the issue: "A disabled user's sessions end at the next click"; and they do not come back with the account."""
    client = signed_in(tom)
    assert is_in(client)

    disable_account(site, tom.id, by=asha, at=NOW)
    assert "/accounts/login/" in client.get("/oakfield/")["Location"]

    enable_account(site, tom.id, by=asha, at=NOW)
    assert not is_in(client)
    assert is_in(signed_in(tom))
    assert told(site)[:2] == ["user.enabled", "user.disabled"]


def test_who_is_disabled_at_one_site_goes_on_at_another(site: Site, asha: Account, tom: Account) -> None:
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    invite_user(elmwood, Invited(tom.user.email, "Tom"), by=at_site(lee, elmwood), at=NOW)
    client = signed_in(tom)

    disable_account(site, tom.id, by=asha, at=NOW)

    assert (is_in(client), is_in(client, "elmwood")) == (False, True)


def test_nobody_disables_themselves_or_what_is_disabled(site: Site, asha: Account, tom: Account) -> None:
    for number, why in ((asha.id, "your own"), (tom.id, "disabled already")):
        if number == tom.id:
            disable_account(site, tom.id, by=asha, at=NOW)
        with pytest.raises(InvalidError, match=why):
            disable_account(site, number, by=asha, at=NOW)
    enable_account(site, tom.id, by=OPERATOR, at=NOW)
    with pytest.raises(InvalidError, match="enabled already"):
        enable_account(site, tom.id, by=asha, at=NOW)


def test_letting_somebody_in_again_gives_no_more_than_one_holds(site: Site, asha: Account, tom: Account) -> None:
    mia = at_site(add_person(site, "Mia Fox"), site)
    period = Period(TODAY, TODAY)
    give_permission(site, tom.id, Permission.SCHOOL_USER_ACCOUNTS, period, by=asha, at=NOW)
    disable_account(site, mia.id, by=tom, at=NOW)

    with pytest.raises(CannotGiveError):
        enable_account(site, mia.id, by=tom, at=NOW)
    enable_account(site, mia.id, by=asha, at=NOW)


def test_signing_out_everywhere_ends_every_session_and_keeps_the_account(
    site: Site, asha: Account, tom: Account
) -> None:
    clients = [signed_in(tom), signed_in(tom)]

    sign_out_everywhere(site, tom.id, by=asha, at=NOW)

    assert [is_in(each) for each in clients] == [False, False]
    again = Client()
    again.post("/accounts/login/", {"login": tom.user.email, "password": PASSWORD})
    assert is_in(again)
    assert "user.signed_out" in told(site)


def test_everybody_may_sign_themselves_out_everywhere_and_nobody_else(site: Site, asha: Account, tom: Account) -> None:
    client = signed_in(tom)

    sign_out_everywhere(site, tom.id, by=tom, at=NOW)

    assert not is_in(client)
    for act in (sign_out_everywhere, disable_account, enable_account):
        with pytest.raises(NotPermittedError):
            act(site, asha.id, by=tom, at=NOW)


@pytest.fixture
def elmwoods(tom: Account) -> tuple[Account, Account]:
    """Who looks after the users of Elmwood, and Tom's account there."""
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)
    invite_user(elmwood, Invited(tom.user.email, "Tom"), by=lee, at=NOW)
    return lee, at_site(tom.user, elmwood)


def test_each_of_their_sites_has_on_record_that_somebody_was_signed_out(
    site: Site, tom: Account, elmwoods: tuple[Account, Account]
) -> None:
    lee, there = elmwoods

    sign_out_everywhere(there.school, there.id, by=lee, at=NOW)

    assert told(site)[0] == told(there.school)[0] == "user.signed_out"


def test_nobody_is_signed_out_by_others_all_day_long(
    site: Site, asha: Account, tom: Account, elmwoods: tuple[Account, Account]
) -> None:
    """All sites together: the second one cannot go on where the first had to stop."""
    lee, there = elmwoods
    for _ in range(SIGN_OUTS_A_DAY):
        sign_out_everywhere(there.school, there.id, by=lee, at=NOW)

    with pytest.raises(InvalidError, match="most"):
        sign_out_everywhere(there.school, there.id, by=lee, at=NOW + timedelta(hours=23))
    with pytest.raises(InvalidError, match="most"):
        sign_out_everywhere(site, tom.id, by=asha, at=NOW + timedelta(hours=23))
    sign_out_everywhere(site, tom.id, by=tom, at=NOW + timedelta(hours=23))
    sign_out_everywhere(site, tom.id, by=asha, at=NOW + timedelta(hours=24))


def test_two_sites_sign_each_others_people_out_at_the_same_moment(
    site: Site, asha: Account, elmwoods: tuple[Account, Account]
) -> None:
    """Each tells the other: in the order of the sites, or they would lock each other out."""
    lee, tom_there = elmwoods
    mia = at_site(add_person(lee.school, "Mia Cole"), lee.school)
    mia_here = invite_user(site, Invited(mia.user.email, "Mia"), by=asha, at=NOW)
    together = Barrier(2)

    def press(account: Account, by: Account) -> None:
        try:
            together.wait(10)
            sign_out_everywhere(account.school, account.id, by=by, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for _ in range(4):
            both = [pool.submit(press, mia_here, asha), pool.submit(press, tom_there, lee)]
            for each in both:
                each.result()

    assert told(site).count("user.signed_out") == told(lee.school).count("user.signed_out") == 8


def test_nobody_is_sent_password_links_all_day_long(
    site: Site, asha: Account, tom: Account, elmwoods: tuple[Account, Account]
) -> None:
    lee, there = elmwoods
    for number in range(LINKS_A_DAY):
        send_password_link(there.school, there.id, by=lee, at=NOW)
        mail_links(base_url="https://consentry.example.org", hours=96, at=NOW + timedelta(seconds=number))

    with pytest.raises(InvalidError, match="most"):
        send_password_link(there.school, there.id, by=lee, at=NOW + timedelta(hours=23))
    with pytest.raises(InvalidError, match="most"):
        send_password_link(site, tom.id, by=asha, at=NOW + timedelta(hours=23))
    send_password_link(site, tom.id, by=asha, at=NOW + timedelta(hours=24))


def test_another_sites_account_is_not_found(site: Site, asha: Account) -> None:
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)

    for act in (sign_out_everywhere, disable_account, enable_account):
        with pytest.raises(Account.DoesNotExist):
            act(site, lee.id, by=asha, at=NOW)
    with pytest.raises(Account.DoesNotExist):
        change_profile_email(site, lee.id, "x@example.org", by=asha, at=NOW)


def test_nobody_points_single_sign_on_at_an_account_that_holds_more(site: Site, asha: Account, tom: Account) -> None:
    """Whoever owns the profile e-mail signs in as this person, so it is as good as all that they hold."""
    give_permission(site, tom.id, Permission.SCHOOL_USER_ACCOUNTS, Period(TODAY, TODAY), by=asha, at=NOW)

    with pytest.raises(CannotGiveError):
        change_profile_email(site, asha.id, "tom.private@example.org", by=tom, at=NOW)
    for taken in ("ASHA.patel@example.org", "head@example.org"):
        change_profile_email(site, asha.id, "head@example.org", by=asha, at=NOW)
        with pytest.raises(InvalidError, match="somebody else at this site"):
            change_profile_email(site, tom.id, taken, by=asha, at=NOW)

    change_profile_email(site, tom.id, "T.Reed@school.example", by=asha, at=NOW)
    tom.refresh_from_db()
    assert tom.profile_email == "t.reed@school.example"
    assert told(site)[0] == "user.profile_changed"


def test_what_somebody_will_hold_counts_as_well(site: Site, asha: Account, tom: Account) -> None:
    """An account that is worth more from tomorrow on is not opened today by somebody who could not give that."""
    lee = at_site(add_person(site, "Lee Hart", None), site)
    give_permission(site, tom.id, Permission.SCHOOL_USER_ACCOUNTS, Period(TODAY, TODAY), by=asha, at=NOW)
    give_permission(site, lee.id, Permission.SCHOOL_PERMISSIONS, Period(TOMORROW, TOMORROW), by=asha, at=NOW)

    with pytest.raises(CannotGiveError):
        change_profile_email(site, lee.id, "tom.private@example.org", by=tom, at=NOW)
    disable_account(site, lee.id, by=tom, at=NOW)
    with pytest.raises(CannotGiveError):
        enable_account(site, lee.id, by=tom, at=NOW)
    enable_account(site, lee.id, by=asha, at=NOW)


def test_nobody_of_a_trust_opens_an_account_that_reaches_more_schools_than_theirs(database: str) -> None:
    """Whoever owns the profile e-mail signs in as this person, and from the trust into all schools that they reach."""
    trust = add_trust()
    oakfield = add_school(trust=trust)
    noah, mia = (at_site(add_person(trust, name, TRUST_ADMINISTRATOR), trust) for name in ("Noah Price", "Mia Cole"))
    noah, mia = give_schools(noah.user, trust), give_schools(mia.user, trust, oakfield)

    with pytest.raises(InvalidError, match="sign in to schools"):
        change_profile_email(trust, noah.id, "mia.private@example.org", by=mia, at=NOW)
    disable_account(trust, noah.id, by=mia, at=NOW)
    with pytest.raises(InvalidError, match="sign in to schools"):
        enable_account(trust, noah.id, by=mia, at=NOW)
    enable_account(trust, noah.id, by=OPERATOR, at=NOW)
    change_profile_email(trust, mia.id, "mia@harbour.example", by=noah, at=NOW)
