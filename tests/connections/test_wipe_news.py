"""Connected apps are told, once each, that their site was wiped and that the new ids can be read."""

from datetime import timedelta

import pytest
from django.core import mail

from consentry.audit.actor import OPERATOR
from consentry.audit.names import EventName
from consentry.connections.actions.mail_wipe_news import GIVE_UP_AFTER, mail_wipe_news
from consentry.connections.models import Connection
from consentry.schools.models import Life, Site
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.imports.applied import apply_ctf, apply_oneroster, last_event, sample_of
from tests.world import NOW, add_app, add_person, add_school, approve, ask, reject

BASE = "https://consentry.example"


@pytest.fixture
def connected(database: str) -> Connection:
    """An app that is approved at a dummy site which is filled."""
    site = add_school(life=Life.DUMMY)
    apply_ctf(site, sample_of(site))
    return approve(ask(add_app(), site), add_person(site))


def wipe(site: Site, becomes: Life = Life.LIVE) -> None:
    wipe_dummy_site(site, WipeOrder(site.name, becomes), by=OPERATOR, at=NOW)


def tell(after: timedelta = timedelta(minutes=1)) -> int:
    """Run the mailer; how many mails were sent."""
    return mail_wipe_news(base_url=BASE, at=NOW + after)


def test_every_contact_is_told_of_the_wipe_once(connected: Connection) -> None:
    """Contact all your third party providers to let them know, so they can use the correct IDs."""
    wipe(connected.school)

    assert (tell(), tell()) == (1, 0)
    (told,) = mail.outbox
    assert told.to == ["help@acme.example", "jo@acme.example"]
    assert told.subject == "Oakfield School was wiped: all ids change"
    assert "Timetabler stays approved" in str(told.body)
    assert last_event(connected.school).name == EventName.APP_TOLD


def test_and_once_when_the_first_import_has_made_the_new_ids_readable(connected: Connection) -> None:
    site = connected.school
    wipe(site)
    tell()
    apply_ctf(site, sample_of(site))
    apply_oneroster(site, sample_of(site))

    assert (tell(), tell()) == (1, 0)
    told = mail.outbox[-1]
    assert told.subject == "Oakfield School: the new ids can be read"
    assert f"{BASE}/oakfield/rest-v2/id-map?entity-type=Student" in str(told.body)


def test_both_are_told_when_the_mail_server_was_away_in_between(connected: Connection) -> None:
    wipe(connected.school)
    apply_ctf(connected.school, sample_of(connected.school))

    assert tell() == 2
    assert ["wiped" in told.subject for told in mail.outbox] == [True, False]


def test_no_name_or_number_of_a_person_is_in_a_mail(connected: Connection) -> None:
    school = sample_of(connected.school)
    wipe(connected.school)
    apply_ctf(connected.school, school)
    tell()

    for told in mail.outbox:
        for pupil in school.pupils:
            assert pupil.upn not in str(told.body)
            assert f"{pupil.first_name} {pupil.last_name}" not in str(told.body)


def test_an_app_that_was_rejected_meanwhile_is_told_nothing(connected: Connection) -> None:
    wipe(connected.school)
    reject(connected, add_person(connected.school, "Lee Hart"))

    assert tell() == 0


def test_apps_that_read_nothing_before_are_told_nothing(database: str) -> None:
    site = add_school(life=Life.DUMMY)
    person = add_person(site)
    ask(add_app(), site)
    reject(ask(add_app("Lunchline"), site), person)
    wipe(site)

    assert tell() == 0


def test_apps_of_other_sites_are_told_nothing(connected: Connection) -> None:
    elmwood = add_school("elmwood", life=Life.DUMMY)
    approve(ask(add_app("Lunchline"), elmwood), add_person(elmwood, "Lee Hart"))
    wipe(connected.school)

    assert tell() == 1
    assert "Timetabler" in str(mail.outbox[0].body)


def test_an_address_that_takes_no_mail_for_three_days_is_given_up(connected: Connection) -> None:
    wipe(connected.school)

    assert tell(GIVE_UP_AFTER + timedelta(seconds=1)) == 0


def test_a_dummy_site_that_stays_one_says_so(connected: Connection) -> None:
    wipe(connected.school, Life.DUMMY)
    tell()

    assert "It stays a dummy site" in str(mail.outbox[0].body)
