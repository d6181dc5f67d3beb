"""From the trust into a school and back: who may, as whom, and what happens when it ends while they are there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from tests.web.conftest import Rivers, signed_in
from tests.world import NOW, account_of, add_app, add_person, add_school, add_trust, approve, ask, enter

from consentry.audit.actor import OPERATOR
from consentry.audit.change import change
from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.people.actions.accept_terms import accept_terms
from consentry.people.actions.add_roles import OFFICE
from consentry.people.actions.add_user import NewUser, add_user
from consentry.people.actions.grant_school_access import grant_school_access
from consentry.people.models import Account, Outcome, RoleAssignment, SignIn, TermsAcceptance, UserType
from consentry.rules.connection_life import State
from consentry.rules.reach import SchoolAccess
from consentry.schools.actions.change_trust import change_trust
from consentry.schools.actions.publish_terms import publish_terms
from consentry.schools.queries import school_id


def go_to(client: Client, school: str, trust: str = "two-rivers", **sent: str) -> str:
    """Press the button that signs in to the school; where it leads."""
    answer = client.post(f"/{trust}/schools/{school}/sign-in", sent)
    assert answer.status_code == 303
    return str(answer["Location"])


def test_the_schools_of_the_trust_are_listed_with_what_waits_there(noah: Client, rivers: Rivers) -> None:
    head = add_person(rivers.oakfield)
    ask(add_app("Lunchline"), rivers.oakfield)
    approve(ask(add_app("Timetabler"), rivers.oakfield), head)
    add_school("elsewhere", "Elsewhere School")

    page = noah.get("/two-rivers/schools").text

    assert page.index("Brook Lane School") < page.index("Oakfield School")
    assert "Dummy site" in page
    assert "Elsewhere" not in page
    rows = noah.get("/two-rivers/schools/list.csv").text.splitlines()
    assert rows[1] == '"Brook Lane School","Dummy","0","0","Nothing to accept","Yes"'
    assert rows[2] == '"Oakfield School","Live","1","1","Nothing to accept","Yes"'


def test_who_reaches_some_schools_signs_in_to_those_alone(rivers: Rivers) -> None:
    """School access can be all schools, some, or none."""
    ivy = signed_in(rivers.ivy)
    page = ivy.get("/two-rivers/schools").text

    assert page.count("disabled>Sign in") == 1
    assert "Brook Lane School is not among the schools that you may sign in to." in page
    assert go_to(ivy, "oakfield") == "/oakfield/"
    assert go_to(ivy, "brook-lane") == "/two-rivers/schools"
    assert "is not among the schools that you may sign in to" in ivy.get("/two-rivers/schools").text
    assert ivy.get("/brook-lane/").status_code == 404


def test_without_access_to_any_school_no_button_works(rivers: Rivers) -> None:
    grant_school_access("two-rivers", rivers.noah.email, SchoolAccess.NONE, by=OPERATOR, at=NOW)
    noah = signed_in(rivers.noah)

    assert noah.get("/two-rivers/schools").text.count("disabled>Sign in") == 2
    assert go_to(noah, "oakfield") == "/two-rivers/schools"
    assert not Account.objects.filter(user_type=UserType.EXTERNAL).exists()


def test_without_the_permission_the_page_names_it(rivers: Rivers) -> None:
    """Signing in to schools needs "Group: Login to MIS: Associated institutions"."""
    plain = signed_in(add_person(rivers.trust, "Pat Plain", role=None))
    for answer in (plain.get("/two-rivers/schools"), plain.post("/two-rivers/schools/oakfield/sign-in")):
        assert answer.status_code == 403
        assert "Group: Login to MIS: Associated institutions" in answer.text


def test_a_school_site_has_no_such_page(rivers: Rivers) -> None:
    asha = signed_in(add_person(rivers.oakfield))
    assert asha.get("/oakfield/schools").status_code == 404


def test_at_the_school_they_are_an_external_administrator(noah: Client, rivers: Rivers) -> None:
    """Log into the school MIS from the MAT MIS: they appear there as External Administrator."""
    inside = noah.get(go_to(noah, "oakfield")).text

    account = Account.objects.get(school=rivers.oakfield, user=rivers.noah)
    assert (account.user_type, account.trust, account.assignments.count()) == (UserType.EXTERNAL, rivers.trust, 0)
    assert "External Administrator from Two Rivers Trust" in inside
    assert "Back to Two Rivers Trust" in inside


def test_the_entry_is_told_at_the_school_by_an_event_and_in_its_login_history(noah: Client, rivers: Rivers) -> None:
    go_to(noah, "oakfield")

    with reading(school_id(rivers.oakfield)):
        event = Event.objects.filter(school_id=rivers.oakfield.id).latest("number")
    assert (event.name, event.actor_id) == ("trust.entered", rivers.noah.id)
    assert event.actor_name == "Noah Price, External Administrator from Two Rivers Trust"
    assert event.details == {"trust": rivers.trust.id, "first": True}
    row = SignIn.objects.get(school=rivers.oakfield)
    assert (row.user_type, row.outcome, row.address) == (UserType.EXTERNAL, Outcome.SIGNED_IN, "127.0.0.1")
    assert row.get_user_type_display() == "External Administrator"


def test_entering_twice_is_one_entry_and_coming_again_is_another(noah: Client, rivers: Rivers) -> None:
    for _ in range(2):
        go_to(noah, "oakfield")
    assert SignIn.objects.filter(school=rivers.oakfield).count() == 1
    noah.post("/oakfield/leave")
    go_to(noah, "oakfield")

    assert SignIn.objects.filter(school=rivers.oakfield).count() == 2
    assert Account.objects.filter(school=rivers.oakfield, user=rivers.noah).count() == 1


def test_the_session_has_a_new_key_after_the_entry(noah: Client, rivers: Rivers) -> None:
    """Session fixation: who knew the key before does not have it at the school."""
    before = noah.cookies[settings.SESSION_COOKIE_NAME].value
    go_to(noah, "oakfield")
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = before

    assert noah.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert stolen.get("/oakfield/").status_code == 302
    assert noah.get("/oakfield/").status_code == 200


def test_a_schools_own_address_is_closed_to_people_of_the_trust(noah: Client, rivers: Rivers) -> None:
    """They cannot use a school's own login page: they go through the trust's site."""
    assert noah.get("/oakfield/").status_code == 404
    go_to(noah, "oakfield")
    other_browser = signed_in(rivers.noah)

    assert other_browser.get("/oakfield/").status_code == 404
    assert noah.get("/brook-lane/").status_code == 404


def test_back_to_the_trust_leaves_the_school(noah: Client, rivers: Rivers) -> None:
    go_to(noah, "oakfield")
    left = noah.post("/oakfield/leave")

    assert (left.status_code, left["Location"]) == (303, "/two-rivers/schools")
    assert noah.get("/oakfield/").status_code == 403
    assert noah.post("/oakfield/leave")["Location"] == "/two-rivers/schools"
    assert noah.get("/oakfield/leave").status_code == 405


@pytest.mark.parametrize("page", ["", "partner-apps/pending", "users", "partner-apps/999999"])
def test_a_school_that_somebody_has_left_says_so_and_leads_back(noah: Client, rivers: Rivers, page: str) -> None:
    go_to(noah, "oakfield")
    noah.post("/oakfield/leave")

    said = noah.get(f"/oakfield/{page}")

    assert said.status_code == 403
    assert "You have left Oakfield School" in said.text
    assert 'action="/oakfield/leave"' in said.text
    assert "no-store" in said["Cache-Control"]
    assert noah.get("/brook-lane/").status_code == 404, "where they have not been looks like nothing"
    assert go_to(noah, "oakfield") == "/oakfield/"
    assert noah.get("/oakfield/").status_code == 200


def test_in_another_browser_nobody_has_left(noah: Client, rivers: Rivers) -> None:
    go_to(noah, "oakfield")
    noah.post("/oakfield/leave")

    assert signed_in(rivers.noah).get("/oakfield/").status_code == 404


def test_leaving_leads_nobody_anywhere_else(rivers: Rivers) -> None:
    asha = signed_in(add_person(rivers.oakfield))

    assert asha.post("/oakfield/leave")["Location"] == "/"
    assert asha.post("/nowhere/leave").status_code == 404
    assert Client().post("/oakfield/leave")["Location"] == "/accounts/login/?next=/oakfield/"


def test_their_own_account_at_a_school_is_another_thing(noah: Client, rivers: Rivers) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.oakfield)) as this:
        add_user(this, rivers.oakfield, NewUser(rivers.noah.email, existing=True))
    before = noah.get("/oakfield/")
    go_to(noah, "oakfield")
    inside = noah.get("/oakfield/")
    noah.post("/oakfield/leave")

    assert before.status_code == 200
    assert "External Administrator" not in before.text
    assert "External Administrator from Two Rivers Trust" in inside.text
    assert noah.get("/oakfield/").status_code == 200


def test_a_school_of_another_trust_is_as_unknown_as_none(noah: Client, rivers: Rivers) -> None:
    add_school("hillside", trust=add_trust())
    answers = [noah.post(f"/two-rivers/schools/{slug}/sign-in") for slug in ("hillside", "nowhere", "two-rivers")]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({re.sub('name="csrfmiddlewaretoken" value="[^"]+"', "", answer.text) for answer in answers}) == 1
    assert noah.get("/harbour-trust/schools").status_code == 404


def disable_at_trust(rivers: Rivers) -> None:
    """They have an account elsewhere: somebody with none is signed out altogether."""
    elsewhere = add_school("elsewhere")
    with change(actor=OPERATOR, at=NOW, school=school_id(elsewhere)) as this:
        add_user(this, elsewhere, NewUser(rivers.noah.email, existing=True))
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.trust)) as this:
        account = account_of(rivers.noah, rivers.trust)
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)


def take_roles(rivers: Rivers) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.trust)) as this:
        for held in RoleAssignment.objects.filter(account=account_of(rivers.noah, rivers.trust)):
            held.ends_on = held.starts_on
            held.save()
            this.record(EventName.ROLE_ASSIGNED, held)


def take_access(rivers: Rivers) -> None:
    grant_school_access("two-rivers", rivers.noah.email, SchoolAccess.SOME, ["brook-lane"], by=OPERATOR, at=NOW)


def leave_trust(rivers: Rivers) -> None:
    change_trust("oakfield", None, by=OPERATOR, at=NOW)


def move_to_another_trust(rivers: Rivers) -> None:
    add_trust()
    change_trust("oakfield", "harbour-trust", by=OPERATOR, at=NOW)


def disable_at_school(rivers: Rivers) -> None:
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.oakfield)) as this:
        account = Account.objects.get(school=rivers.oakfield, user=rivers.noah)
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)


@pytest.mark.parametrize(
    ("end", "leads_to"),
    [
        (disable_at_trust, "/"),
        (take_roles, "/two-rivers/"),
        (take_access, "/two-rivers/schools"),
        (leave_trust, "/two-rivers/schools"),
        (move_to_another_trust, "/two-rivers/schools"),
        (disable_at_school, "/two-rivers/schools"),
    ],
)
def test_whoever_loses_the_way_while_at_a_school_is_out_at_the_next_click(
    noah: Client, rivers: Rivers, end: Callable[[Rivers], None], leads_to: str
) -> None:
    """A trust user removed while signed in to a school."""
    waiting = ask(add_app(), rivers.oakfield)
    page = go_to(noah, "oakfield", connection=str(waiting.id))
    assert noah.get(page).status_code == 200

    end(rivers)
    clicked = noah.get("/oakfield/partner-apps/pending")
    again = noah.get("/oakfield/", headers={"HX-Request": "true"})
    pressed = noah.post(f"{page}/approve", {"version": waiting.asked_id, "moves": 1})

    assert [each.status_code for each in (clicked, again, pressed)] == [403] * 3
    assert "You are no longer signed in to Oakfield School" in clicked.text
    with reading(school_id(rivers.oakfield)):
        assert Connection.objects.get(id=waiting.id).state == State.PENDING
    assert noah.post("/oakfield/leave")["Location"] == leads_to
    assert noah.get("/oakfield/").status_code == 404


def test_who_is_nobody_anywhere_else_is_signed_out(noah: Client, rivers: Rivers) -> None:
    go_to(noah, "oakfield")
    with change(actor=OPERATOR, at=NOW, school=school_id(rivers.trust)) as this:
        account = account_of(rivers.noah, rivers.trust)
        account.enabled = False
        account.save()
        this.record(EventName.USER_ADDED, account)

    assert noah.get("/oakfield/")["Location"] == "/accounts/login/?next=/oakfield/"


def test_a_disabled_account_at_the_school_is_not_entered_again(noah: Client, rivers: Rivers) -> None:
    enter(rivers.noah, rivers.oakfield)
    disable_at_school(rivers)

    assert go_to(noah, "oakfield") == "/two-rivers/schools"
    assert "Oakfield School has disabled your account there." in noah.get("/two-rivers/schools").text


def test_the_terms_of_the_school_come_first_and_are_accepted_there(noah: Client, rivers: Rivers) -> None:
    """Accept the Terms & Conditions when logging into each school site."""
    terms = publish_terms("Be kind to data.", by=OPERATOR, at=NOW)
    accept_terms(account_of(rivers.noah, rivers.trust), terms.number, at=NOW)

    assert "To accept" in noah.get("/two-rivers/schools").text
    inside = noah.get(go_to(noah, "oakfield"))
    assert inside.status_code == 302
    assert inside["Location"].startswith("/oakfield/terms")
    assert "Back to Two Rivers Trust" in noah.get(inside["Location"]).text
    noah.post("/oakfield/terms", {"version": terms.number, "accept": "on"})
    assert noah.get("/oakfield/").status_code == 200
    assert TermsAcceptance.objects.filter(account__school=rivers.oakfield, account__user=rivers.noah).count() == 1
    page = noah.get("/two-rivers/schools/list.csv").text
    assert '"Oakfield School","Live","0","0","Nothing to accept","Yes"' in page
    assert '"Brook Lane School","Dummy","0","0","To accept","Yes"' in page


@pytest.mark.parametrize("sent", ["x", "-1", "9" * 40, "１", "1\0"])
def test_a_connection_that_cannot_be_leads_to_the_home(noah: Client, rivers: Rivers, sent: str) -> None:
    assert go_to(noah, "oakfield", connection=sent) == "/oakfield/"


def test_the_list_is_searched_and_sorted(noah: Client, rivers: Rivers) -> None:
    ask(add_app(), rivers.oakfield)

    by_waiting = noah.get("/two-rivers/schools?sort=-waiting").text
    found = noah.get("/two-rivers/schools?q=BROOK&page=99999999&sort=nonsense").text

    assert by_waiting.index("Oakfield School") < by_waiting.index("Brook Lane School")
    assert "Brook Lane School" in found
    assert "Oakfield" not in found
    assert "No school matches" in noah.get("/two-rivers/schools?q=nowhere").text


def test_the_number_of_queries_does_not_grow_with_the_schools(
    rivers: Rivers, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    noah = signed_in(rivers.noah)
    noah.get("/two-rivers/schools")
    counted = []
    for slug in ("first", "second", "third"):
        with CaptureQueriesContext(connection) as queries:
            noah.get("/two-rivers/schools")
        counted.append(len(queries))
        ask(add_app(f"App {slug}"), add_school(slug, trust=rivers.trust))
    assert len(set(counted)) == 1


def test_somebody_without_manage_all_users_looks_but_does_not_decide(rivers: Rivers) -> None:
    """Approving from the trust needs User Details: Manage All Users on the trust's profile."""
    ivy, waiting = signed_in(rivers.ivy), ask(add_app(), rivers.oakfield)
    page = go_to(ivy, "oakfield", connection=str(waiting.id))

    assert "disabled>" in ivy.get(page).text
    refused = ivy.post(f"{page}/approve", {"version": waiting.asked_id, "moves": 1})
    assert refused.status_code == 403


def test_an_external_administrator_is_told_of_the_permission_that_a_trust_can_give(rivers: Rivers) -> None:
    """They may decide where they hold "User Details: Manage All Users"; no school's permission can be theirs."""
    connection = ask(add_app("Lunchline"), rivers.oakfield)
    ivy = signed_in(rivers.ivy)
    go_to(ivy, "oakfield")

    app, users = (ivy.get(f"/oakfield/{page}").text for page in (f"partner-apps/{connection.id}", "users"))

    for page in (app, users):
        assert "User Details: Manage All Users" in page
        assert "School: User Accounts: Administer" not in page
        assert "The admin team of Two Rivers Trust can give it to you." in page


def test_a_decision_names_the_person_and_the_trust_on_page_list_file_and_event(noah: Client, rivers: Rivers) -> None:
    """They may approve where they hold "User Details: Manage All Users"; every event names them and the trust."""
    tom = signed_in(add_person(rivers.oakfield, "Tom Reed", OFFICE))
    waiting = ask(add_app(), rivers.oakfield)
    page = go_to(noah, "oakfield", connection=str(waiting.id))
    done = noah.get(noah.post(f"{page}/approve", {"version": waiting.asked_id, "moves": 1})["Location"]).text

    name = "Noah Price (Two Rivers Trust)"
    assert f"by {name}. It can read from its next call on." in done
    assert f"by {name}" in tom.get(page).text
    assert "Noah Price, External Administrator from Two Rivers Trust" in tom.get(page).text
    assert f"by {name}" in tom.get("/oakfield/partner-apps/approved").text
    assert name in tom.get("/oakfield/partner-apps/list.csv").text


def test_requests_are_told_to_the_schools_own_people(rivers: Rivers) -> None:
    asha = add_person(rivers.oakfield)
    inside = enter(rivers.noah, rivers.oakfield)
    ask(add_app(), rivers.oakfield, at=NOW + timedelta(hours=1))

    assert account_of(asha, rivers.oakfield).notifications.count() == 1
    assert inside.notifications.count() == 0
