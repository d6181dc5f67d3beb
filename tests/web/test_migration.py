"""School > From dummy to live: what is said before, the wipe by a button, and what was found again after it."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests.imports.applied import FRIDAY, MONDAY, apply_ctf, apply_marks, apply_oneroster, rows, sample_of
from tests.web.conftest import signed_in
from tests.world import NOW, add_app, add_person, add_school, add_trust, approve, ask

from consentry.audit.actor import OPERATOR
from consentry.connections.actions.mail_wipe_news import mail_wipe_news
from consentry.people.actions.add_roles import OFFICE
from consentry.people.models import User
from consentry.records import models
from consentry.schools.models import Life, Site
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site

ADDRESS = "/elmwood/migration"


class Elmwood:
    """A dummy site that is filled, with an administrator, an office user and an app that is approved."""

    def __init__(self) -> None:
        self.site: Site = add_school("elmwood", life=Life.DUMMY)
        self.fill()
        self.lee: User = add_person(self.site, "Lee Hart")
        self.tom: User = add_person(self.site, "Tom Reed", OFFICE)
        self.connection = approve(ask(add_app(), self.site), self.lee)

    def fill(self, pupils: int = 12) -> None:
        school = sample_of(self.site, pupils)
        apply_ctf(self.site, school)
        apply_oneroster(self.site, school)
        apply_marks(self.site, school.marks(MONDAY, FRIDAY))

    def wipe(self, becomes: Life = Life.LIVE) -> None:
        wipe_dummy_site(self.site, WipeOrder(self.site.name, becomes), by=OPERATOR, at=NOW)

    @property
    def now(self) -> Site:
        return Site.objects.get(id=self.site.id)


@pytest.fixture
def elmwood(database: str) -> Elmwood:
    return Elmwood()


@pytest.fixture
def lee(elmwood: Elmwood) -> Client:
    return signed_in(elmwood.lee)


def send(client: Client, confirm: str = "Elmwood School", becomes: str = "live") -> Any:
    return client.post(ADDRESS, {"confirm": confirm, "becomes": becomes})


def test_the_page_says_what_goes_and_what_stays_before_anything_is_done(lee: Client) -> None:
    page = lee.get(ADDRESS).text

    assert "What goes" in page
    assert "120 roll-call records" in page
    assert "What stays" in page
    assert "apps that are approved stay approved" in page
    assert "Timetabler</a> by Acme Ltd: help@acme.example, jo@acme.example" in page
    assert "This cannot be taken back." in page


def test_it_names_the_apps_that_a_live_site_would_not_let_in(elmwood: Elmwood, lee: Client) -> None:
    """Application Not Live: connected by dummy sites only."""
    approve(ask(add_app("Lunchline", is_live=False), elmwood.site), elmwood.lee)

    page = lee.get(ADDRESS).text
    assert "Lunchline is not live yet, so only dummy sites can connect it. Contact Acme Ltd at" in page
    assert "At a live site it can read nothing until then." in page


def test_the_button_wipes_and_the_page_tells_what_was_done(elmwood: Elmwood, lee: Client) -> None:
    answer = send(lee)
    page = lee.get(answer["Location"]).text

    assert (answer.status_code, elmwood.now.life) == (303, Life.LIVE)
    assert "Elmwood School was wiped:" in page
    assert "by Lee Hart" in page
    assert "Import the school’s files to fill it again." in page
    assert "Wipe this site" not in page
    assert "After the first import" in page


def test_a_dummy_site_can_stay_one(elmwood: Elmwood, lee: Client) -> None:
    page = lee.get(send(lee, becomes="dummy")["Location"]).text

    assert elmwood.now.is_dummy
    assert "Wipe it again" in page


@pytest.mark.parametrize(
    ("confirm", "becomes", "said"),
    [
        ("", "live", "Type the name of this site"),
        ("elmwood", "live", "Type the name of the site as it stands at the top of the page: Elmwood School."),
        ("Elmwood School", "", "Choose what the site is afterwards."),
        ("Elmwood School", "trust", "Choose one of the two"),
        ("x" * 5_000, "live", "at most 300 characters"),
        ("Elm\0wood", "live", "Null characters are not allowed"),
    ],
)
def test_what_cannot_be_is_said_at_the_field_and_nothing_is_lost(
    elmwood: Elmwood, lee: Client, confirm: str, becomes: str, said: str
) -> None:
    answer = send(lee, confirm, becomes)

    assert answer.status_code == 200
    assert answer.text.count(said) == 2  # in the summary and at the field
    assert "autofocus" in answer.text
    assert elmwood.now.is_dummy
    assert len(rows(models.Student, elmwood.site, "id")) == 12


def test_what_was_typed_is_kept(lee: Client) -> None:
    assert 'value="Elmwod School"' in send(lee, "Elmwod School").text


def test_the_page_shows_what_was_found_again(elmwood: Elmwood, lee: Client) -> None:
    elmwood.wipe()
    elmwood.fill(10)
    page = lee.get(ADDRESS).text

    assert "not-matched?type=Student" in page
    assert "All that was not matched" in page
    assert "code lists of the product" in page


def test_what_could_not_be_matched_is_listed_with_what_it_was_known_by(elmwood: Elmwood, lee: Client) -> None:
    upns = dict(rows(models.UpnAssignment, elmwood.site, "student_id", "upn"))
    elmwood.wipe()
    elmwood.fill(10)
    kept = {upn for (upn,) in rows(models.UpnAssignment, elmwood.site, "upn")}
    gone = {number: upn for number, upn in upns.items() if upn not in kept}
    students = lee.get(f"{ADDRESS}/not-matched?type=Student").text

    assert len(gone) == 2
    assert all(str(number) in students and upn in students for number, upn in gone.items())
    assert students.count('<td role="cell" data-label="Old id">') == 2
    marks = lee.get(f"{ADDRESS}/not-matched?type=AttendanceRollCallRecord").text
    assert all(f"student {upn}, 2025-09-08, roll call " in marks for upn in gone.values())


def test_the_list_can_be_downloaded(elmwood: Elmwood, lee: Client) -> None:
    elmwood.wipe()
    elmwood.fill(10)
    answer = lee.get(f"{ADDRESS}/not-matched.csv?type=Student")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert lines[0] == ["Data type", "Old id", "Known by", "Why"]
    assert [line[0] for line in lines[1:]] == ["Student", "Student"]
    assert {line[3] for line in lines[1:]} == {"No record has this key now"}
    assert lee.get(f"{ADDRESS}/not-matched.xlsx").content[:2] == b"PK"


def test_the_list_has_pages_and_takes_no_harm_from_what_an_address_says(elmwood: Elmwood, lee: Client) -> None:
    elmwood.wipe()
    first = lee.get(f"{ADDRESS}/not-matched").text
    for said in ("page=2", "page=99999", "page=-1", "page=x", "type=Nothing", "type=%27", "page=%F0%9F%98%80"):
        assert lee.get(f"{ADDRESS}/not-matched?{said}").status_code == 200

    assert "1 to 50 of" in first
    assert "not-matched?page=2" in first


def test_the_pages_take_few_queries_however_many_records_there_are(
    elmwood: Elmwood, lee: Client, django_assert_max_num_queries: Any
) -> None:
    elmwood.wipe()
    for address in (f"{ADDRESS}/not-matched?type=Tag", f"{ADDRESS}/not-matched", ADDRESS):
        with django_assert_max_num_queries(30):
            lee.get(address)


def test_the_page_tells_which_apps_were_told(elmwood: Elmwood, lee: Client) -> None:
    wipe_dummy_site(elmwood.site, WipeOrder(elmwood.site.name), by=OPERATOR, at=timezone.now())
    before = lee.get(ADDRESS).text
    mail_wipe_news(base_url="https://consentry.example", at=timezone.now())
    after = lee.get(ADDRESS).text

    assert "With the next mails" in before
    assert "With the next mails" not in after
    assert "After the first import" in after


def test_somebody_without_the_permission_is_told_which_is_missing(elmwood: Elmwood) -> None:
    tom = signed_in(elmwood.tom)
    elmwood.wipe(Life.DUMMY)
    for answer in (
        tom.get(ADDRESS),
        send(tom),
        tom.get(f"{ADDRESS}/not-matched"),
        tom.get(f"{ADDRESS}/not-matched.csv"),
    ):
        assert answer.status_code == 403
        assert "School: General Admin: Administer" in answer.text

    assert ADDRESS not in tom.get("/elmwood/").text
    assert elmwood.now.is_dummy


def test_the_menu_has_it_at_a_dummy_site_and_at_one_that_was_wiped_alone(elmwood: Elmwood, lee: Client) -> None:
    oakfield = signed_in(add_person(add_school("oakfield"), "Asha Patel"))
    assert ADDRESS in lee.get("/elmwood/").text
    elmwood.wipe()

    assert ADDRESS in lee.get("/elmwood/").text
    assert "/oakfield/migration" not in oakfield.get("/oakfield/").text


def test_a_live_site_that_was_never_wiped_has_no_such_page_and_is_never_wiped(database: str) -> None:
    site = add_school("elmwood")
    client = signed_in(add_person(site, "Lee Hart"))
    asked = [client.get(ADDRESS), client.get(f"{ADDRESS}/not-matched"), client.get(f"{ADDRESS}/not-matched.csv")]
    posted = send(client)

    assert [answer.status_code for answer in asked] == [404, 404, 404]
    assert posted.status_code == 303
    assert len(rows(models.Gender, site, "id")) == 4


def test_a_trust_has_no_such_page(database: str) -> None:
    client = signed_in(add_person(add_trust("elmwood"), "Lee Hart", "Trust Administrator"))

    assert client.get(ADDRESS).status_code == 404


def test_a_second_press_of_the_button_wipes_nothing(elmwood: Elmwood, lee: Client) -> None:
    send(lee)
    elmwood.fill()
    page = lee.get(send(lee)["Location"]).text

    assert "This is a live site: its records are real" in page
    assert len(rows(models.Student, elmwood.site, "id")) == 12


def test_before_an_approval_on_a_dummy_site_the_page_warns_as_the_seed_does(elmwood: Elmwood, lee: Client) -> None:
    """We do not recommend doing so, because ids will change; it will still be approved; let the providers know."""
    asked = ask(add_app("Lunchline"), elmwood.site)
    page = lee.get(f"/elmwood/partner-apps/{asked.id}").text

    assert "we do not recommend approving apps here" in page
    assert "Ids, such as student ID and staff ID, will change between your dummy site and your live site." in page
    assert "is still approved once this site has been wiped and filled again" in page
    assert "tell Acme Ltd and all your other providers" in page
    assert f'href="{ADDRESS}"' in page


def test_after_an_approval_on_a_dummy_site_it_says_whom_to_tell(elmwood: Elmwood, lee: Client) -> None:
    page = lee.get(f"/elmwood/partner-apps/{elmwood.connection.id}").text

    assert "Approved on your dummy site" in page
    assert "Tell Acme Ltd, so that they use the right ones" in page
