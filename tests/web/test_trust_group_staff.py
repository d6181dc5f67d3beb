"""Group Staff: which of a trust's schools each of its people reaches, and who may change it."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import signed_in
from tests.world import NOW, account_of, add_person, add_school, add_trust, give_schools

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.actions.invite_user import Invited, invite_user
from consentry.people.models import User
from consentry.people.queries.from_trust import reach_of
from consentry.rules.reach import SchoolAccess, SchoolReach
from consentry.schools.actions.change_trust import change_trust
from consentry.schools.models import Site
from consentry.schools.queries import school_id

ALL, NONE = SchoolReach(SchoolAccess.ALL), SchoolReach(SchoolAccess.NONE)


@dataclass
class Rivers:
    """A trust of three schools: Noah reaches all of them, Mia one, Ivy none."""

    trust: Site
    schools: tuple[Site, Site, Site]
    noah: User
    mia: User
    ivy: User

    def reach(self, person: User) -> SchoolReach:
        """What the person reaches now."""
        return reach_of(account_of(person, self.trust))


@pytest.fixture
def rivers(database: str) -> Rivers:
    trust = add_trust("two-rivers", "Two Rivers Trust")
    schools = (
        add_school(trust=trust), add_school("brook", "Brook School", trust=trust), add_school("mill", trust=trust)
    )  # fmt: skip
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    mia = add_person(trust, "Mia Cole", TRUST_ADMINISTRATOR)
    ivy = add_person(trust, "Ivy Stone", TRUST_STAFF)
    give_schools(noah, trust)
    give_schools(mia, trust, schools[0])
    return Rivers(trust, schools, noah, mia, ivy)


def change(client: Client, rivers: Rivers, person: User, access: str, *schools: Site) -> Any:
    sent = {"access": access, "schools": [str(school.id) for school in schools]}
    return client.post(f"/two-rivers/group-staff/{account_of(person, rivers.trust).id}", sent)


def test_the_list_says_who_reaches_what(rivers: Rivers) -> None:
    """School access can be all schools, some, or none."""
    add_person(rivers.trust, "Pat Plain", role=None)
    noah = signed_in(rivers.noah)
    page, file = noah.get("/two-rivers/group-staff").text, noah.get("/two-rivers/group-staff/list.csv").text

    assert '"Noah Price","noah.price@example.org","Yes","All schools","","Yes"' in file
    assert '"Mia Cole","mia.cole@example.org","Yes","Some schools","Oakfield School","Yes"' in file
    assert '"Ivy Stone","ivy.stone@example.org","Yes","No schools","","Yes"' in file
    assert page.count("Cannot sign in to schools yet") == 1
    some = noah.get("/two-rivers/group-staff?access=some").text
    assert "Mia Cole" in some
    assert "Ivy Stone" not in some


@pytest.mark.parametrize("path", ["group-staff", "group-staff/list.csv", "group-staff/1"])
def test_it_needs_manage_all_users(rivers: Rivers, path: str) -> None:
    answer = signed_in(rivers.ivy).get(f"/two-rivers/{path}")

    assert answer.status_code == 403
    assert "User Details: Manage All Users" in answer.text


def test_access_is_given_and_the_event_says_by_whom(rivers: Rivers) -> None:
    noah = signed_in(rivers.noah)
    done = change(noah, rivers, rivers.ivy, "some", rivers.schools[0], rivers.schools[1])

    assert (done.status_code, done["Location"]) == (303, "/two-rivers/group-staff")
    assert "Ivy Stone may sign in to: Brook School and Oakfield School." in noah.get(done["Location"]).text
    assert rivers.reach(rivers.ivy).schools == {rivers.schools[0].id, rivers.schools[1].id}
    with reading(school_id(rivers.trust)):
        event = Event.objects.filter(school_id=rivers.trust.id).latest("number")
    assert (event.name, event.actor_name) == ("school_access.changed", "Noah Price")
    assert event.details == {"before": "none", "after": "some", "schools": ["Brook School", "Oakfield School"]}
    change(noah, rivers, rivers.ivy, "all")
    assert rivers.reach(rivers.ivy) == ALL
    change(noah, rivers, rivers.ivy, "none", rivers.schools[0])
    assert rivers.reach(rivers.ivy) == NONE


def test_nobody_gives_wider_access_than_they_have(rivers: Rivers) -> None:
    mia = signed_in(rivers.mia)
    for access, schools in (("all", ()), ("some", (rivers.schools[1],)), ("some", rivers.schools)):
        refused = change(mia, rivers, rivers.ivy, access, *schools)
        assert refused.status_code == 422
        assert "You can give and take away only the schools that you may sign in to yourself." in refused.text
    assert rivers.reach(rivers.ivy) == NONE
    assert change(mia, rivers, rivers.ivy, "some", rivers.schools[0]).status_code == 303
    assert rivers.reach(rivers.ivy).schools == {rivers.schools[0].id}


def test_nor_takes_away_what_they_do_not_have(rivers: Rivers) -> None:
    give_schools(rivers.ivy, rivers.trust, rivers.schools[1])
    mia = signed_in(rivers.mia)

    assert change(mia, rivers, rivers.noah, "none").status_code == 422
    assert change(mia, rivers, rivers.ivy, "none").status_code == 422
    assert change(mia, rivers, rivers.ivy, "some", rivers.schools[0], rivers.schools[1]).status_code == 303
    assert rivers.reach(rivers.noah) == ALL


def test_nobody_changes_their_own(rivers: Rivers) -> None:
    noah = signed_in(rivers.noah)
    page = noah.get(f"/two-rivers/group-staff/{account_of(rivers.noah, rivers.trust).id}").text
    refused = change(noah, rivers, rivers.noah, "none")

    assert "disabled>" in page
    assert "Your own access can be changed by somebody else only." in page
    assert refused.status_code == 422
    assert rivers.reach(rivers.noah) == ALL


def test_schools_of_other_trusts_are_not_found(rivers: Rivers) -> None:
    foreign = add_school("hillside", "Hillside School", trust=add_trust())
    noah = signed_in(rivers.noah)
    refused = change(noah, rivers, rivers.ivy, "some", foreign)

    assert refused.status_code == 422
    assert "One of these schools does not belong to the trust." in refused.text
    assert "Hillside" not in refused.text
    assert rivers.reach(rivers.ivy) == NONE


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose all, some or no schools."),
        ({"access": "x"}, "Choose all, some or no schools."),
        ({"access": "some"}, "Choose at least one school"),
        ({"access": "some", "schools": "9" * 40}, "One of these schools does not belong"),
        ({"access": "some", "schools": "1\0"}, "One of these schools does not belong"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(rivers: Rivers, sent: dict[str, str], said: str) -> None:
    account = account_of(rivers.ivy, rivers.trust)
    answer = signed_in(rivers.noah).post(f"/two-rivers/group-staff/{account.id}", sent)

    assert answer.status_code == 422
    assert said in answer.text
    assert "There is a problem" in answer.text
    assert rivers.reach(rivers.ivy) == NONE


def test_people_of_other_sites_are_as_unknown_as_nobody(rivers: Rivers) -> None:
    foreign = account_of(add_person(add_trust(), "Lee Hart", TRUST_STAFF), Site.objects.get(slug="harbour-trust"))
    noah = signed_in(rivers.noah)
    pages = [f"/two-rivers/group-staff/{number}" for number in (foreign.id, 987654)]

    assert {noah.get(page).status_code for page in pages} == {404}
    assert {noah.post(page, {"access": "all"}).status_code for page in pages} == {404}
    assert noah.get("/two-rivers/group-staff/" + "9" * 40).status_code == 404


def test_it_opens_as_a_slide_over(rivers: Rivers) -> None:
    page = f"/two-rivers/group-staff/{account_of(rivers.ivy, rivers.trust).id}"
    slid = signed_in(rivers.noah).get(page, headers={"HX-Request": "true"}).text

    assert slid.lstrip().startswith("<dialog")
    assert "Ivy Stone" in slid


def test_a_school_that_left_the_trust_is_reached_no_more(rivers: Rivers) -> None:
    change_trust("oakfield", None, by=OPERATOR, at=NOW)

    assert rivers.reach(rivers.mia).schools == frozenset()
    page = signed_in(rivers.noah).get("/two-rivers/group-staff").text
    assert "Oakfield" not in page


def test_the_name_of_somebody_invited_is_theirs_to_bring(rivers: Rivers) -> None:
    """Else a trust would learn from an address alone what somebody is called who signs in at another site."""
    add_person(add_school("elmwood"), "Lee Hart", email="lee@example.org")
    lee = invite_user(rivers.trust, Invited("lee@example.org", "Somebody"), by=OPERATOR, at=NOW)
    noah = signed_in(rivers.noah)

    pages = [
        noah.get("/two-rivers/group-staff"),
        noah.get("/two-rivers/group-staff/list.csv"),
        noah.get(f"/two-rivers/group-staff/{lee.id}"),
        noah.post(f"/two-rivers/group-staff/{lee.id}", {"access": "all"}, follow=True),
    ]

    assert all("lee@example.org" in page.content.decode() for page in pages)
    assert not any("Lee Hart" in page.content.decode() for page in pages)
