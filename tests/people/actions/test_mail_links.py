"""Welcome and password links: mailed once, good for 96 hours, kept nowhere."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.account.forms import default_token_generator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.db import connection
from django.test import Client, override_settings
from tests.people.staffroom import at_site, role, told
from tests.world import NOW, PASSWORD, add_person, add_school, add_trust

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import ADMINISTRATOR, OFFICE
from consentry.people.actions.disable_account import disable_account
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.actions.mail_links import GIVE_UP_AFTER, mail_links
from consentry.people.actions.send_password_link import send_password_link
from consentry.people.models import Account, Invitation, User, UserType
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import CannotGiveError
from consentry.schools.models import Site
from consentry.schools.queries import school_id

ADDRESS = "https://consentry.example.org"
LATER = NOW + timedelta(minutes=1)
MIA = "mia.fox@example.org"
NEW_PASSWORD = "quiet-lantern-orchard"


@pytest.fixture
def site(database: str) -> Site:
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", OFFICE)
    return site


@pytest.fixture
def asha(site: Site) -> Account:
    return at_site(User.objects.get(name="Asha Patel"), site)


def invite(site: Site, by: Account, email: str = MIA, name: str = "Mia Fox", *, role_name: str = "") -> Account:
    """Somebody is added from the users page."""
    wanted = Invited(email, name, role=role(site, role_name).id if role_name else None)
    return invite_user(site, wanted, by=by, at=NOW)


def run(at: object = LATER) -> int:
    """The mailer looks once."""
    return mail_links(base_url=ADDRESS, hours=96, at=LATER if at is LATER else at)  # type: ignore[arg-type]


def link_in(text: str) -> str:
    """The path of the link of a mail."""
    found = re.search(rf"{ADDRESS}(/accounts/password/reset/key/\S+)", text)
    assert found
    return found[1]


def test_a_new_person_is_mailed_a_welcome_link_that_sets_their_password(site: Site, asha: Account) -> None:
    """Help pages: the welcome link, valid for 96 hours."""
    invite(site, asha, role_name=OFFICE)

    assert run() == 1

    (told_mia,) = mail.outbox
    assert (told_mia.to, told_mia.subject) == ([MIA], "Consentry: Welcome to Oakfield School")
    assert "for 96 hours" in told_mia.body
    client = Client()
    form = client.get(link_in(str(told_mia.body)), follow=True)
    answer = client.post(form.redirect_chain[-1][0], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert answer.status_code == 302
    assert User.objects.get(email=MIA).check_password(NEW_PASSWORD)
    assert Client().get(link_in(str(told_mia.body)), follow=True).context["token_fail"], "a link works once"


def test_who_signs_in_elsewhere_is_let_in_and_told_without_a_link(site: Site, asha: Account) -> None:
    """They keep their name and their password, and nobody at this school is told that they were there before."""
    mia = add_person(add_school("elmwood"), "Mia Fox")
    new = invite(site, asha, "kim@example.org", "Kim Low")

    known = invite(site, asha, MIA.upper(), "Somebody Else")

    run()
    to_mia = next(each for each in mail.outbox if each.to == [MIA])
    assert to_mia.subject == "Consentry: You now have access to Oakfield School"
    assert f"{ADDRESS}/oakfield/" in to_mia.body
    assert "password/reset" not in to_mia.body
    mia.refresh_from_db()
    assert (known.user, mia.name, mia.check_password(PASSWORD)) == (mia, "Mia Fox", True)
    with reading(school_id(site)):
        added = Event.objects.filter(school_id=site.id, name__in=["user.added", "link.asked"]).order_by("number")
        details = [{**each.details, "user": 0, "account": 0} for each in added]
    assert details[-4:-2] == details[-2:], "the log does not tell which of the two it was either"
    assert new.user_type == known.user_type


def test_a_password_link_tells_who_sends_it(site: Site, asha: Account) -> None:
    """Somebody of the site, or the operator: what a person does not expect they ask about where they can."""
    tom = at_site(User.objects.get(name="Tom Reed"), site)
    send_password_link(site, tom.id, by=asha, at=NOW)
    run()
    send_password_link(site, tom.id, by=OPERATOR, at=LATER)
    run(LATER + timedelta(minutes=1))

    by_asha, by_operator = (str(each.body) for each in mail.outbox)
    assert "somebody who looks after the users of Oakfield School sends you this link" in by_asha
    assert "ask them before you use it" in by_asha
    assert "the operator of Consentry sends you this link" in by_operator
    assert "somebody" not in by_operator
    assert "ask the admin team of Oakfield School before you use it" in by_operator


def test_a_failed_mail_is_tried_again_and_a_sent_one_is_not(site: Site, asha: Account) -> None:
    invite(site, asha)
    away = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": 1}
    with override_settings(**away):
        assert run() == 0

    assert [run(), run()] == [1, 0]
    assert told(site)[0] == "link.mailed"


@pytest.mark.races
def test_two_runs_at_once_send_each_link_once(site: Site, asha: Account) -> None:
    for number in range(5):
        invite(site, asha, f"person{number}@example.org")
    start = Barrier(4)

    def mail_them() -> int:
        start.wait()
        try:
            return run()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = [each.result() for each in [pool.submit(mail_them) for _ in range(4)]]

    assert sum(sent) == len(mail.outbox) == 5


@pytest.mark.races
def test_two_sites_may_invite_the_same_new_person_at_once(site: Site, asha: Account) -> None:
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)
    start = Barrier(2)

    def add(where: Site, by: Account) -> int:
        start.wait()
        try:
            return invite(where, by).user_id
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        doings = [pool.submit(add, where, by) for where, by in ((site, asha), (elmwood, lee))]
        users = {each.result() for each in doings}

    assert len(users) == User.objects.filter(email=MIA).count() == 1


def test_an_address_that_takes_no_mail_is_given_up(site: Site, asha: Account) -> None:
    invite(site, asha)

    assert run(NOW + GIVE_UP_AFTER) == 0


def test_a_link_works_for_96_hours_and_no_longer(site: Site, asha: Account) -> None:
    """Help pages: "welcome/reset link valid 96 hours"."""
    assert settings.PASSWORD_RESET_TIMEOUT == 96 * 3600
    user = asha.user
    now = default_token_generator._num_seconds(default_token_generator._now())
    made = {
        hours: default_token_generator._make_token_with_timestamp(
            user, now - int(hours * 3600), default_token_generator.secret
        )
        for hours in (95.9, 96.1)
    }

    works = [default_token_generator.check_token(user, made[hours]) for hours in (95.9, 96.1)]
    assert works == [True, False]


def test_a_link_dies_with_what_it_was_made_for(site: Site, asha: Account) -> None:
    """Bound to the password, the last sign-in and the address of the user."""
    user = asha.user
    for attribute, value in (
        ("password", make_password(NEW_PASSWORD)),
        ("last_login", NOW),
        ("email", "asha@example.com"),
    ):
        token = default_token_generator.make_token(user)
        setattr(user, attribute, value)
        user.save()
        assert not default_token_generator.check_token(user, token), attribute


def test_no_link_stands_in_the_log_or_in_a_row(site: Site, asha: Account) -> None:
    invite(site, asha)
    run()

    key = link_in(str(mail.outbox[0].body)).rsplit("-", 1)[1].strip("/")
    with reading(school_id(site)):
        said = str(list(Event.objects.filter(school_id=site.id).values("details", "subject_name")))
    assert key not in said
    assert key not in str(Invitation.objects.values())


def test_a_password_link_goes_to_the_persons_own_address(site: Site, asha: Account) -> None:
    tom = at_site(User.objects.get(name="Tom Reed"), site)

    send_password_link(site, tom.id, by=asha, at=NOW)
    send_password_link(site, tom.id, by=asha, at=NOW)

    assert run() == 1, "one that waits is enough"
    assert mail.outbox[0].to == ["tom.reed@example.org"]
    assert tom.user.check_password(PASSWORD)
    assert link_in(str(mail.outbox[0].body))


def test_nobody_gets_a_link_that_opens_nothing(site: Site, asha: Account) -> None:
    tom = at_site(User.objects.get(name="Tom Reed"), site)
    send_password_link(site, tom.id, by=asha, at=NOW)
    disable_account(site, tom.id, by=asha, at=NOW)

    assert run() == 0
    with pytest.raises(InvalidError, match="disabled"):
        send_password_link(site, tom.id, by=asha, at=NOW)


def test_links_and_accounts_are_for_those_who_look_after_users(site: Site, asha: Account) -> None:
    tom = at_site(User.objects.get(name="Tom Reed"), site)
    elmwood = add_school("elmwood")
    lee = at_site(add_person(elmwood, "Lee Hart"), elmwood)

    with pytest.raises(NotPermittedError):
        send_password_link(site, asha.id, by=tom, at=NOW)
    with pytest.raises(NotPermittedError):
        invite(site, tom)
    with pytest.raises(Account.DoesNotExist):
        send_password_link(site, lee.id, by=asha, at=NOW)
    assert not User.objects.filter(email=MIA).exists()


def test_a_role_is_given_with_the_invitation_only_by_who_could_give_it(site: Site, asha: Account) -> None:
    trust = add_trust()
    lee = at_site(add_person(trust, "Lee Hart", "Trust Administrator"), trust)

    assert invite(site, asha, role_name=ADMINISTRATOR).assignments.get().role.name == ADMINISTRATOR
    with pytest.raises(NotPermittedError):
        invite(site, lee, "kim@example.org")
    with pytest.raises(InvalidError, match="has an account"):
        invite(site, asha, MIA.upper())
    assert Account.objects.filter(user__email=MIA).count() == 1


def test_an_invitation_with_too_much_changes_nothing(site: Site, asha: Account) -> None:
    from consentry.people.actions.edit_role import edit_role
    from consentry.people.actions.take_over_role import take_over_role

    tom = at_site(User.objects.get(name="Tom Reed"), site)
    office = role(site, OFFICE)
    take_over_role(site, office.id, by=asha, at=NOW)
    rights = frozenset({Permission.SCHOOL_USER_ACCOUNTS, Permission.SCHOOL_PERMISSIONS})
    edit_role(site, office.id, rights, seen=frozenset({Permission.DATA_RETURNS}), by=asha, at=NOW)

    with pytest.raises(CannotGiveError):
        invite(site, tom, role_name=ADMINISTRATOR)

    assert not User.objects.filter(email=MIA).exists()


def test_an_external_administrator_is_not_added_by_hand(site: Site, asha: Account) -> None:
    with pytest.raises(InvalidError) as refused:
        invite_user(site, Invited(MIA, "Mia Fox", user_type=UserType.EXTERNAL), by=asha, at=NOW)

    assert refused.value.field == "user_type"
