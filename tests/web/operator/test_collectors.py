"""Collectors at the operator's desk: how they stand, what failed where, changing them, and what each act says first."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.returns.a_school import office_of
from tests.returns.by_operator import active, change, last_event
from tests.web.conftest import signed_in
from tests.world import NOW, add_person, add_school
from tests.world_partners import at_the_desk
from tests.world_records import add_student, writing

from consentry.audit.reading import reading
from consentry.people.models import Notification
from consentry.records.models import EducationalInstitutionEnrolment
from consentry.returns.actions.add_shipped_collectors import add_shipped_collectors
from consentry.returns.actions.give_consent import give_consent
from consentry.returns.actions.make_submission import Wanted, make_submission
from consentry.returns.actions.send_submission import send_submission
from consentry.returns.credentials import FIRST, SECOND, client_secrets
from consentry.returns.models import Collector
from consentry.returns.queries.standings import at_stake
from consentry.rules.return_runs import Run
from consentry.schools.models import Site
from consentry.schools.queries import school_id


@pytest.fixture
def site(database: str) -> Site:
    return add_school()


@pytest.fixture
def desk(site: Site) -> Client:
    return at_the_desk(add_person(site, "Olu Day", None))


@pytest.fixture
def collector(site: Site) -> Collector:
    """One that is nowhere, and to which Oakfield consents."""
    added = active(base_url="https://127.0.0.1:9", token_url="https://127.0.0.1:9/token")
    give_consent(site, added.id, version=1, by=office_of(site), at=timezone.now())
    return added


def form_of(collector: Collector, desk: Client, **said: Any) -> dict[str, Any]:
    """What the page of the form would send, with this said otherwise."""
    form = desk.get(f"/operator/collectors/{collector.slug}/edit").context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {name: f"{shown[name]:%H:%M}" for name in ("morning", "afternoon") if shown[name]}
    return {name: "" if value is None else value for name, value in (shown | said).items() if value is not False}


ONE = "/operator/collectors/daily-attendance"
PAGES = ["/operator/collectors", ONE, f"{ONE}/edit", f"{ONE}/schools", f"{ONE}/discontinue"]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_finds_them(collector: Collector, site: Site, page: str) -> None:
    assert signed_in(add_person(site)).get(page).status_code == 404


def test_the_list_says_how_each_stands(desk: Client, collector: Collector) -> None:
    add_shipped_collectors(at=timezone.now())

    page = desk.get("/operator/collectors").text

    assert "Daily attendance (Department for Education)" in page
    assert "Local authority attendance" in page
    assert page.count("Suspended") == 2
    assert "By law" in page
    assert 'data-label="Consents">1</td>' in page
    assert desk.get("/operator/collectors/nobody").status_code == 404


def test_a_collector_is_shown_as_schools_see_it(desk: Client, collector: Collector) -> None:
    page = desk.get(ONE).text

    assert "It goes to Department for Practice" in page
    assert "Days: today and the 7 working days before it" in page
    assert "Working days from 12:00 and 16:00, each school within 60 minutes" in page
    assert "The first is set" in page
    assert "first-word" not in page
    assert "Nothing failed today." in page
    assert "<b>1</b> <span>school consents</span>" in page


def test_what_is_missing_before_it_can_be_activated_is_said(desk: Client) -> None:
    add_shipped_collectors(at=timezone.now())
    local = "/operator/collectors/local-authority-attendance"

    assert "It cannot be activated yet: its address is missing." in desk.get(local).text
    refused = desk.post(f"{local}/activate", {"confirm": "Local authority attendance"})
    assert "Its address is missing" in refused.text
    assert Collector.objects.get(slug="local-authority-attendance").status == "suspended"


def test_what_failed_today_is_named_with_the_reason(desk: Client, collector: Collector, site: Site) -> None:
    student = add_student(site)
    with writing(site) as every:  # on roll, and of no year group
        EducationalInstitutionEnrolment.objects.create(student=student, entry_date=NOW.date(), **every)
    other = add_school("elmwood")
    give_consent(other, collector.id, version=1, by=office_of(other), at=timezone.now())
    now = timezone.now()
    for each in (site, other):
        assert make_submission(each, collector.id, Wanted(Run.BY_HAND, timezone.localdate(now)), at=now)
    send_submission(school_id(other), collector.id, ca_file=None, at=now + timedelta(seconds=1))

    page = desk.get(ONE).text
    schools = desk.get(f"{ONE}/schools").text

    assert "Oakfield School" in page
    assert "Kept back: the school’s own records need mending" in page
    assert "Elmwood School" not in page
    assert "The collector could not be reached; tried 1 time" in schools
    listed = desk.get(f"{ONE}/schools?today=waiting").text
    assert ("Elmwood School" in listed, "Oakfield School" in listed) == (True, False)
    assert "No school matches" in desk.get(f"{ONE}/schools?q=%25").text
    assert "Nothing here" in desk.get(f"{ONE}/schools?today=received&q=oak").text
    down = desk.get(f"{ONE}/schools?sort=-name").text
    assert down.index("Oakfield") < down.index("Elmwood")
    file = desk.get(f"{ONE}/schools/list.csv?today=failed").content.decode("utf-8-sig")
    assert "Oakfield School" in file
    assert "Elmwood School" not in file
    assert "<b>1</b> <span>return not received today</span>" in desk.get("/operator/").text


def test_what_makes_no_difference_to_schools_is_changed_at_once(desk: Client, collector: Collector) -> None:
    answer = desk.post(f"{ONE}/edit", form_of(collector, desk, spread_minutes=30, morning=""))

    assert (answer.status_code, answer["Location"]) == (303, ONE)
    collector.refresh_from_db()
    assert (collector.spread_minutes, collector.morning, collector.version) == (30, None, 1)
    assert last_event().actor_name == "Olu Day"
    assert "Daily attendance is changed." in desk.get(ONE).text


def test_asking_for_more_says_first_what_it_ends_and_then_ends_it(
    desk: Client, collector: Collector, site: Site
) -> None:
    """Issue: widening the data asked for ends consent until it is given again."""
    wider = form_of(collector, desk, window_previous=20)

    asks = desk.post(f"{ONE}/edit", wider).text
    assert "It is about today and the 20 working days before it instead of" in asks
    assert "1 school consents now. Their consent ends" in asks
    assert at_stake(collector).consents == 1

    assert desk.post(f"{ONE}/edit", wider | {"anyway": "on"}).status_code == 303
    assert "1 consent is ended, and the schools told." in desk.get(ONE).text
    assert at_stake(collector).consents == 0
    with reading(school_id(site)):
        assert "20 working days" in Notification.objects.get(school=site, title="Daily attendance asks for more").text


def test_of_two_operators_the_second_sees_that_it_changed(desk: Client, collector: Collector) -> None:
    mine = form_of(collector, desk, name="Mine")
    change(collector, name="Theirs")

    answer = desk.post(f"{ONE}/edit", mine)

    assert "Somebody changed it since you opened the page" in answer.text
    assert 'value="Mine"' in answer.text, "what was typed is not lost"
    assert Collector.objects.get().name == "Theirs"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"base_url": "http://collector.example"}, "Is an address that begins with https://"),
        ({"window_previous": "46"}, "less than or equal to 45"),
        ({"morning": "25:00"}, "Type a time such as 12:00."),
        ({"morning": "", "afternoon": ""}, "There is no run at all"),
        ({"morning": "15:30"}, "Is longer than the time between the two runs"),
        ({"subscription_header": "Authorization"}, "requests have that header of their own"),
        ({"granularity": "pupils"}, "Select a valid choice"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"window_previous": "9" * 400}, "less than or equal to 45"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(
    desk: Client, collector: Collector, said: dict[str, str], why: str
) -> None:
    answer = desk.post(f"{ONE}/edit", form_of(collector, desk, **said))

    assert answer.status_code == 200
    assert why in answer.text
    assert Collector.objects.get().version == 1


def test_a_secret_is_set_and_never_shown(desk: Client, collector: Collector) -> None:
    desk.post(f"{ONE}/secret", {"which": SECOND, "secret": "another-word"})

    assert "another-word" not in desk.get(ONE).text + desk.get(f"{ONE}/secret").text
    assert list(client_secrets(Collector.objects.get())) == ["first-word", "another-word"]
    desk.post(f"{ONE}/secret", {"which": SECOND, "secret": ""})
    refused = desk.post(f"{ONE}/secret", {"which": FIRST, "secret": ""})
    assert "A secret is missing" in refused.text
    assert "It is one word" in desk.post(f"{ONE}/secret", {"which": FIRST, "secret": "two words"}).text
    assert list(client_secrets(Collector.objects.get())) == ["first-word"]


def test_each_act_says_what_will_happen_in_numbers_and_asks_for_the_name(desk: Client, collector: Collector) -> None:
    """Issue: consent removed for every school automatically, nothing more is sent, the notice is shown."""
    sent = {"notice": "No longer collected.", "confirm": "Daily attendance"}

    assert "0 submissions that wait are called off" in desk.get(f"{ONE}/suspend").text
    assert "This is not the name of the collector" in desk.post(f"{ONE}/suspend", sent | {"confirm": "x"}).text
    desk.post(f"{ONE}/suspend", sent | {"notice": "A pause."})
    page = desk.get(ONE).text
    assert "A pause." in page
    assert f"{ONE}/activate" in page
    assert "1 school consents: their returns are sent" in desk.get(f"{ONE}/activate").text
    desk.post(f"{ONE}/activate", sent)
    assert Collector.objects.get().status == "active"
    asks = desk.get(f"{ONE}/discontinue").text
    assert "1 school’s consent ends; 0 submissions that wait are called off." in asks

    desk.post(f"{ONE}/discontinue", sent)

    page = desk.get(ONE).text
    assert "No longer collected." in page
    assert [f"{ONE}/{act}" in page for act in ("activate", "edit", "secret", "suspend", "discontinue")] == [False] * 5
    assert at_stake(collector).consents == 0
    assert "Daily attendance is discontinued already" in desk.post(f"{ONE}/discontinue", sent).text


def test_the_desk_asks_the_database_the_same_however_many_schools(desk: Client, collector: Collector) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        return len(queries)

    paths = (
        "/operator/collectors",
        ONE,
        f"{ONE}/schools",
    )
    before = [asked(path) for path in paths]
    for number in range(4):
        school = add_school(f"school-{number}")
        give_consent(school, collector.id, version=1, by=office_of(school), at=timezone.now())

    assert [asked(path) for path in paths] == before
