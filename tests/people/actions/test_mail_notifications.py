"""What people are told in the site reaches them by e-mail, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection, connections
from django.test import override_settings
from tests.world import NOW, add_app, add_person, add_school, ask

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.mail_notifications import GIVE_UP_AFTER, mail_notifications
from consentry.people.models import Account, Notification, User
from consentry.schools.models import Site
from consentry.schools.queries import school_id

LATER = NOW + timedelta(minutes=1)
ADDRESS = "https://consentry.example.org"


@pytest.fixture
def site(database: str) -> Site:
    site = add_school()
    add_person(site, "Asha Patel")
    add_person(site, "Tom Reed", OFFICE)
    add_person(site, "Mia Fox")
    add_person(add_school("elmwood"), "Lee Hart")
    return site


def test_everyone_who_may_approve_is_told_and_nobody_else(site: Site) -> None:
    connection = ask(add_app(), site)

    mail_notifications(base_url=ADDRESS, at=LATER)

    assert {told.to[0] for told in mail.outbox} == {"asha.patel@example.org", "mia.fox@example.org"}
    assert set(Notification.objects.values_list("account__user__name", flat=True)) == {"Asha Patel", "Mia Fox"}
    assert mail.outbox[0].subject == "Timetabler asks to connect"
    assert f"{ADDRESS}/oakfield/partner-apps/{connection.id}\n" in mail.outbox[0].body


def test_a_mail_is_sent_once_and_goes_on_record(site: Site) -> None:
    ask(add_app(), site)

    assert mail_notifications(base_url=ADDRESS, at=LATER) == 2
    assert mail_notifications(base_url=ADDRESS, at=LATER) == 0

    with reading(school_id(site)):
        assert Event.objects.filter(school_id=site.id, name="notification.mailed").count() == 2
    assert len(mail.outbox) == 2


@pytest.mark.races
def test_two_runs_at_once_send_each_mail_once(site: Site) -> None:
    for number in range(5):
        ask(add_app(f"App {number}"), site)
    start = Barrier(4)

    def run() -> int:
        start.wait()
        try:
            return mail_notifications(base_url=ADDRESS, at=LATER)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        sent = [each.result() for each in [pool.submit(run) for _ in range(4)]]

    assert sum(sent) == len(mail.outbox) == 10


@override_settings(EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend", EMAIL_HOST="127.0.0.1", EMAIL_PORT=1)
def test_a_mail_server_that_is_away_keeps_the_mail_for_the_next_run(site: Site) -> None:
    ask(add_app(), site)

    assert mail_notifications(base_url=ADDRESS, at=LATER) == 0
    assert Notification.objects.filter(mailed_at=None).count() == 2


def test_an_address_that_no_mail_reaches_does_not_hold_up_the_others(site: Site) -> None:
    User.objects.filter(name="Asha Patel").update(email="asha@exa\nmple.org")
    ask(add_app(), site)

    assert mail_notifications(base_url=ADDRESS, at=LATER) == 1
    assert [told.to for told in mail.outbox] == [["mia.fox@example.org"]]


def test_after_three_days_a_mail_is_given_up_and_stays_in_the_site(site: Site) -> None:
    ask(add_app(), site)

    assert mail_notifications(base_url=ADDRESS, at=NOW + GIVE_UP_AFTER) == 0
    assert Notification.objects.count() == 2


def test_an_account_that_was_disabled_meanwhile_gets_no_mail(site: Site) -> None:
    ask(add_app(), site)
    with change(actor=OPERATOR, at=NOW, school=school_id(site)) as this:
        account = Account.objects.get(user__name="Asha Patel")
        account.enabled = False
        account.save()
        this.record("test.done", account)  # type: ignore[arg-type]

    mail_notifications(base_url=ADDRESS, at=LATER)

    assert [told.to for told in mail.outbox] == [["mia.fox@example.org"]]


def test_line_breaks_in_an_apps_name_stay_out_of_the_subject(site: Site) -> None:
    app = add_app("Evil")
    with connections["owner"].cursor() as cursor:  # as it can stand in a database from before names were checked
        cursor.execute("update partners_app set name = %s", ["Evil\nBcc: all@example.org"])
    connections["owner"].close()
    app.refresh_from_db()
    ask(app, site)

    mail_notifications(base_url=ADDRESS, at=LATER)

    assert mail.outbox[0].subject == "Evil Bcc: all@example.org asks to connect"
