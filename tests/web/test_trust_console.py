"""The trust console: the apps of a trust by its schools, and deciding for many schools in one go."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection as database_connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.conftest import signed_in
from tests.world import (
    EMAILS,
    NOW,
    READ,
    STUDENTS,
    account_of,
    add_app,
    add_person,
    add_school,
    add_trust,
    approve,
    ask,
    enter,
    give_schools,
    reject,
)

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.partners.actions.publish_version import AskedRow, publish_version
from consentry.partners.actions.set_app_live import set_app_live
from consentry.partners.models import App
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.models import User
from consentry.rules.connection_life import State
from consentry.rules.trust_decisions import Obstacle
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.web.obstacles import in_the_way
from consentry.web.sentences import OfApp


@dataclass
class Rivers:
    """A trust of three schools; Noah has signed in to two of them. Lunchline waits everywhere."""

    trust: Site
    schools: tuple[Site, Site, Site]
    noah: User
    app: App
    waiting: list[Connection]

    @property
    def page(self) -> str:
        """The address of the app's page at the trust."""
        return f"/two-rivers/apps-by-school/{self.app.id}"


@pytest.fixture
def rivers(database: str) -> Rivers:
    trust = add_trust("two-rivers", "Two Rivers Trust")
    schools = (
        add_school(trust=trust),
        add_school("brook", "Brook School", life=Life.DUMMY, trust=trust),
        add_school("mill", "Mill School", trust=trust),
    )
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    for school in schools[:2]:
        enter(noah, school)
    app = add_app("Lunchline", "Lunch Co", rows=(STUDENTS, EMAILS))
    return Rivers(trust, schools, noah, app, [ask(app, school) for school in schools])


@pytest.fixture
def noah(rivers: Rivers) -> Client:
    return signed_in(rivers.noah)


def states(rivers: Rivers) -> list[str]:
    """How Lunchline stands at each school."""
    found = []
    for school in rivers.schools:
        with reading(school_id(school)):
            found.append(Connection.objects.get(school=school, app=rivers.app).state)
    return found


def form_of(page: str) -> dict[str, Any]:
    """What the form of a preview sends."""
    fields = re.findall(r'<input type="hidden" name="(decision|run|seen)" value="([^"]+)"', page)
    sent: dict[str, Any] = {"seen": [value for name, value in fields if name == "seen"]}
    return sent | {name: value for name, value in fields if name != "seen"}


def preview(client: Client, rivers: Rivers, decision: str = "approve", which: str = "waiting", **more: Any) -> str:
    answer = client.get(f"{rivers.page}/preview", {"decision": decision, "which": which} | more)
    assert answer.status_code == 200
    return str(answer.text)


def confirm(client: Client, rivers: Rivers, sent: dict[str, Any], number: str = "2") -> Any:
    return client.post(f"{rivers.page}/decide", sent | {"number": number})


def test_one_table_shows_every_app_at_every_school_with_state_and_version(noah: Client, rivers: Rivers) -> None:
    """One table of apps by schools with state and version."""
    oakfield, brook, _ = rivers.schools
    timetabler = add_app("Timetabler")
    approve(ask(timetabler, oakfield), add_person(oakfield))
    publish_version(timetabler, [EMAILS], note="Second", by=OPERATOR, at=NOW)
    reject(ask(timetabler, brook), add_person(brook, "Bea Brook"))
    ask(add_app("Elsewhere"), add_school("hillside", trust=add_trust()))

    file = noah.get("/two-rivers/apps-by-school/list.csv").text.splitlines()
    page = " ".join(noah.get("/two-rivers/apps-by-school").text.split())

    assert file[0].endswith('"App","Company","Brook School","Mill School","Oakfield School"')
    assert file[1:] == [
        '"Lunchline","Lunch Co","Pending request, version 1","Pending request, version 1","Pending request, version 1"',
        '"Timetabler","Acme Ltd","Rejected, version 2","Not asked","Approved, version 1, version 2 not accepted"',
    ]
    assert "Elsewhere" not in page
    assert page.count("#clock") == 3
    assert f'formaction="/two-rivers/schools/oakfield/sign-in" name="connection" value="{rivers.waiting[0].id}"' in page


def test_a_cell_leads_to_the_connection_after_signing_in_there(noah: Client, rivers: Rivers) -> None:
    connection = rivers.waiting[0].id
    entered = noah.post("/two-rivers/schools/oakfield/sign-in", {"connection": str(connection)})

    assert entered["Location"] == f"/oakfield/partner-apps/{connection}"
    assert "Lunchline" in noah.get(entered["Location"]).text


def test_the_table_is_searched_filtered_and_sorted(noah: Client, rivers: Rivers) -> None:
    approve(ask(add_app("Bell Ringer"), rivers.schools[0]), add_person(rivers.schools[0]))
    page = "/two-rivers/apps-by-school"

    assert "Bell Ringer" not in noah.get(f"{page}?q=lunch co").text
    assert "Lunchline" not in noah.get(f"{page}?state=approved").text
    by_waiting = noah.get(f"{page}?sort=-waiting").text
    assert by_waiting.index("Lunchline</a>") < by_waiting.index("Bell Ringer</a>")
    assert "No app matches" in noah.get(f"{page}?q=nothing&state=rejected&page=999999&sort=x").text


@pytest.mark.parametrize("path", ["", "/list.csv", "/{app}", "/{app}/preview?decision=approve&which=waiting"])
def test_it_needs_manage_all_users(rivers: Rivers, path: str) -> None:
    ivy = signed_in(add_person(rivers.trust, "Ivy Stone", TRUST_STAFF))
    answer = ivy.get("/two-rivers/apps-by-school" + path.format(app=rivers.app.id))

    assert answer.status_code == 403
    assert "User Details: Manage All Users" in answer.text
    asha = signed_in(add_person(rivers.schools[0]))
    assert asha.get("/oakfield/apps-by-school").status_code == 404


def test_the_number_of_queries_grows_neither_with_apps_nor_with_schools(noah: Client, rivers: Rivers) -> None:
    pages = ["/two-rivers/apps-by-school", rivers.page, f"{rivers.page}/preview?decision=approve&which=waiting"]
    counted: dict[str, set[int]] = {page: set() for page in pages}
    for number in range(3):
        for page in pages:
            with CaptureQueriesContext(database_connection) as queries:
                noah.get(page)
            counted[page].add(len(queries))
        school = add_school(f"school-{number}", trust=rivers.trust)
        ask(rivers.app, school)
        ask(add_app(f"App {number}"), school)
    assert {page: len(found) for page, found in counted.items()} == dict.fromkeys(pages, 1)


def test_the_preview_says_what_it_gives_where_and_where_not_and_why(noah: Client, rivers: Rivers) -> None:
    """A preview of what that gives, and a clear account of those that could not be done and why."""
    page = preview(noah, rivers)

    assert "<h1>Approve Lunchline for 2 schools</h1>" in page
    assert "Email addresses" in page
    assert "Special category data" in page
    assert "Ethnicity: special category data" in page
    assert "Dummy sites are among them" in page
    assert "Not for 1 school" in page
    assert "You have not signed in to this school yet" in page
    assert "type 2, the number of schools" in page
    assert len(form_of(page)["seen"]) == 2


def test_it_is_carried_out_after_the_number_is_typed(noah: Client, rivers: Rivers) -> None:
    sent = form_of(preview(noah, rivers))
    for number in ("", "3", "two", "2\0", "9" * 30):
        refused = confirm(noah, rivers, sent, number)
        assert refused.status_code == 422
        assert "There is a problem" in refused.text
    assert states(rivers) == ["pending"] * 3

    done = noah.get(confirm(noah, rivers, form_of(refused.text))["Location"]).text

    assert "<h1>Approved Lunchline for 2 of 2 schools</h1>" in done
    assert states(rivers) == ["approved", "approved", "pending"]
    assert "by Noah Price (Two Rivers Trust)" in done


def test_one_school_needs_no_number(noah: Client, rivers: Rivers) -> None:
    page = preview(noah, rivers, which="ticked", school=str(rivers.schools[0].id))

    assert "Number of schools" not in page
    assert confirm(noah, rivers, form_of(page), "").status_code == 303
    assert states(rivers) == ["approved", "pending", "pending"]


def test_all_that_have_approved_can_be_rejected_in_one_go(noah: Client, rivers: Rivers) -> None:
    confirm(noah, rivers, form_of(preview(noah, rivers)))
    page = preview(noah, rivers, "reject", "approved")
    confirm(noah, rivers, form_of(page))

    assert "all access at these schools ends at once" in page
    assert "Email addresses" not in page
    assert states(rivers) == ["rejected", "rejected", "pending"]


def test_the_account_says_what_was_not_done_and_is_downloaded(noah: Client, rivers: Rivers) -> None:
    sent = form_of(preview(noah, rivers))
    head = add_person(rivers.schools[0], "Asha Patel")
    reject(rivers.waiting[0], head)
    answer = confirm(noah, rivers, sent)
    page = noah.get(answer["Location"]).text
    file = noah.get(f"{answer['Location']}/list.csv").text

    assert "Approved Lunchline for 1 of 2 schools" in page
    assert "Not done for 1 school" in page
    assert "Somebody decided there, or Lunchline asked for something else, since you looked." in page
    assert "by Asha Patel" in page
    assert '"Brook School","Approved","","Approved on' in file
    assert '"Oakfield School","Not done","Somebody decided there' in file
    assert "Approved for 1 of 2 schools" in noah.get(rivers.page).text
    assert states(rivers) == ["rejected", "approved", "pending"]


def test_sending_the_form_again_leads_to_the_same_account(noah: Client, rivers: Rivers) -> None:
    """Repeating it does nothing twice."""
    sent = form_of(preview(noah, rivers))
    first, second = confirm(noah, rivers, sent), confirm(noah, rivers, sent)

    assert first["Location"] == second["Location"]
    assert noah.get(rivers.page).text.count("Approved for 2 of 2 schools") == 1


def test_who_confirms_second_is_told_that_it_is_so_already(noah: Client, rivers: Rivers) -> None:
    """Two trust administrators at once: one outcome for each school, and the other is told."""
    person = add_person(rivers.trust, "Mia Cole", TRUST_ADMINISTRATOR)
    give_schools(person, rivers.trust)
    for school in rivers.schools[:2]:
        enter(person, school)
    mia = signed_in(person)
    noahs, mias = form_of(preview(noah, rivers)), form_of(preview(mia, rivers))
    confirm(noah, rivers, noahs)
    late = mia.get(confirm(mia, rivers, mias)["Location"]).text

    assert "Nothing was changed" in late
    assert late.count("It is so already.") == 2
    assert late.count("by Noah Price (Two Rivers Trust)") == 2


def test_schools_that_were_asked_for_different_versions_have_a_table_each(noah: Client, rivers: Rivers) -> None:
    publish_version(rivers.app, [AskedRow("Staff", ["staffNumber"], READ)], note="Less", by=OPERATOR, at=NOW)
    new = add_school("new-school", "New School", trust=rivers.trust)
    ask(rivers.app, new)
    enter(rivers.noah, new)
    page = preview(noah, rivers)

    assert "What Lunchline may do at Brook School and Oakfield School" in page
    assert "What Lunchline may do at New School" in page
    assert "Version 2: 1 data type, 1 field" in page


def test_an_app_that_is_not_live_says_so(noah: Client, rivers: Rivers) -> None:
    set_app_live(rivers.app, is_live=False, by=OPERATOR, at=NOW)
    page = preview(noah, rivers)

    assert "Approve Lunchline for 1 school<" in page
    assert (
        "Application Not Live: Lunchline is not live yet, so only dummy sites can connect it. Contact Lunch Co at"
        in page
    )
    assert "Application Not Live" in noah.get(rivers.page).text


def test_nothing_that_can_be_done_has_no_button(noah: Client, rivers: Rivers) -> None:
    page = preview(noah, rivers, "approve", "approved")

    assert "This can be done for no school" in page
    assert form_of(page)["seen"] == []


@pytest.mark.parametrize(
    "query", ["", "decision=delete&which=waiting", "decision=approve", "decision=approve&which=everything"]
)
def test_a_choice_that_says_nothing_leads_back(noah: Client, rivers: Rivers, query: str) -> None:
    answer = noah.get(f"{rivers.page}/preview?{query}")
    assert (answer.status_code, answer["Location"]) == (303, rivers.page)


def test_ticks_that_cannot_be_are_no_schools(noah: Client, rivers: Rivers) -> None:
    foreign = add_school("hillside", "Hillside School", trust=add_trust())
    page = preview(noah, rivers, which="ticked", school=["x", "9" * 40, "1x", "-1", str(foreign.id)])

    assert "This can be done for no school" in page
    assert "None was chosen" in page
    assert "Hillside" not in page


@pytest.mark.parametrize(
    "broken",
    [
        {"seen": []},
        {"seen": ["1.2.3"]},
        {"seen": ["1.2.3.x"]},
        {"seen": ["1.2.3." + "9" * 40]},
        {"decision": "delete"},
        {"run": "x"},
        {"run": ""},
    ],
)
def test_a_confirmation_that_no_preview_made_is_refused(noah: Client, rivers: Rivers, broken: dict[str, Any]) -> None:
    answer = confirm(noah, rivers, form_of(preview(noah, rivers)) | broken)

    assert answer.status_code == 400
    assert "did not say what you had seen" in answer.text
    assert states(rivers) == ["pending"] * 3


def test_schools_of_another_trust_are_named_nowhere(noah: Client, rivers: Rivers) -> None:
    foreign = add_school("hillside", "Hillside School", trust=add_trust())
    theirs = ask(rivers.app, foreign)
    sent = form_of(preview(noah, rivers)) | {"seen": [f"{foreign.id}.{theirs.id}.{theirs.asked_id}.1"]}
    page = noah.get(confirm(noah, rivers, sent)["Location"]).text

    assert "1 school that you chose is not in the trust, or no longer." in page
    assert "Hillside" not in page
    with reading(school_id(foreign)):
        assert Connection.objects.get(id=theirs.id).state == State.PENDING


def test_the_preview_leads_to_what_has_to_be_done_at_a_school_first(noah: Client, rivers: Rivers) -> None:
    """Nobody decides at a school whose terms they have not accepted; the way there is one press."""
    page = preview(noah, rivers)
    school = next(each for each in rivers.schools if f"Enter {each.name} once to accept its terms" in page)
    way = re.search(rf'action="(/two-rivers/schools/{school.slug}/sign-in)".*?value="(\d+)">Enter', page, re.DOTALL)
    assert way is not None

    led_to = noah.post(way[1], {"connection": way[2]})["Location"]
    assert led_to == f"/{school.slug}/partner-apps/{way[2]}"
    assert noah.get(led_to).status_code == 200

    again = preview(noah, rivers)
    assert "Approve Lunchline for 3 schools" in again
    assert "once to accept its terms" not in again


def test_apps_and_rounds_of_others_are_as_unknown_as_none(noah: Client, rivers: Rivers) -> None:
    lonely = add_app("Lonely")
    ask(lonely, add_school("hillside", trust=add_trust()))
    run = "0" * 32
    for app in (str(lonely.id), "987654", "9" * 17, "9" * 40):
        page = f"/two-rivers/apps-by-school/{app}"
        assert noah.get(page).status_code == 404
        assert noah.get(f"{page}/preview?decision=approve&which=waiting").status_code == 404
        sent = {"decision": "approve", "run": run, "seen": ["1.1.1.1"]}
        assert noah.post(f"{page}/decide", sent).status_code == 404
        assert noah.get(f"{page}/rounds/{run}").status_code == 404
    for unknown in (f"rounds/{run}", "rounds/x", f"rounds/{run}/list.csv"):
        assert noah.get(f"{rivers.page}/{unknown}").status_code == 404


def test_looking_decides_nothing(noah: Client, rivers: Rivers) -> None:
    assert noah.get(f"{rivers.page}/decide")["Location"] == rivers.page
    assert noah.put(f"{rivers.page}/decide").status_code == 405
    assert states(rivers) == ["pending"] * 3


@pytest.mark.parametrize("obstacle", Obstacle)
def test_every_obstacle_has_a_sentence(obstacle: Obstacle) -> None:
    assert in_the_way(obstacle, OfApp("Lunchline", "Lunch Co", ("a@lunch.example", ""))).endswith(".")


def test_an_own_account_at_a_school_does_not_decide_from_the_trust(noah: Client, rivers: Rivers) -> None:
    """Deciding from the trust is the External Administrator's, whoever else the person is at the school."""
    confirm(noah, rivers, form_of(preview(noah, rivers)))
    with reading(school_id(rivers.schools[0])):
        kept = Connection.objects.select_related("decided_from").get(id=rivers.waiting[0].id)
    assert kept.decided_from == rivers.trust
    assert account_of(rivers.noah, rivers.trust).school == rivers.trust
