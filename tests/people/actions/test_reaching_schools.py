"""Entering a school from the trust, and who reaches which: what the use cases refuse, and what their events say."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connections
from tests.races import TIMES
from tests.world import NOW, account_of, add_person, add_school, add_trust, enter, give_schools

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import TRUST_ADMINISTRATOR, TRUST_STAFF
from consentry.people.actions.change_school_access import change_school_access
from consentry.people.actions.enter_school import enter_school
from consentry.people.actions.grant_school_access import grant_school_access
from consentry.people.actions.note_sign_in import SignInFacts
from consentry.people.models import Account, SignIn, User
from consentry.people.queries.from_trust import may_be_there, reach_of, schools_for
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.rules.reach import CannotEnterError, EntryRefusal, SchoolAccess, SchoolReach
from consentry.schools.actions.change_trust import change_trust
from consentry.schools.models import Site
from consentry.schools.queries import school_id

TODAY = NOW.date()


@dataclass
class Rivers:
    trust: Site
    oakfield: Site
    brook: Site
    noah: User
    mia: User


@pytest.fixture
def rivers(database: str) -> Rivers:
    trust = add_trust("two-rivers", "Two Rivers Trust")
    oakfield, brook = add_school(trust=trust), add_school("brook", trust=trust)
    noah = add_person(trust, "Noah Price", TRUST_ADMINISTRATOR)
    mia = add_person(trust, "Mia Cole", TRUST_ADMINISTRATOR)
    give_schools(noah, trust)
    return Rivers(trust, oakfield, brook, noah, mia)


def events_of(site: Site) -> list[Event]:
    with reading(school_id(site)):
        return list(Event.objects.filter(school_id=site.id).order_by("number"))


def reach(person: User, trust: Site) -> SchoolReach:
    return reach_of(account_of(person, trust))


def test_the_first_entry_makes_the_account_and_each_entry_is_told_once(rivers: Rivers) -> None:
    before = len(events_of(rivers.oakfield))
    first, second = enter(rivers.noah, rivers.oakfield), enter(rivers.noah, rivers.oakfield)

    told = events_of(rivers.oakfield)[before:]
    assert first == second
    assert [(event.name, event.details["first"]) for event in told] == [
        ("trust.entered", True),
        ("trust.entered", False),
    ]
    assert SignIn.objects.filter(account=first).count() == 2
    assert may_be_there(first, TODAY)


@pytest.mark.parametrize("elsewhere", ["hillside", "lone"])
def test_a_school_of_another_trust_or_of_none_is_not_entered(rivers: Rivers, elsewhere: str) -> None:
    school = add_school(elsewhere, trust=add_trust() if elsewhere == "hillside" else None)
    with pytest.raises(CannotEnterError) as refused:
        enter_school(account_of(rivers.noah, rivers.trust), school, SignInFacts(NOW), at=NOW)
    assert refused.value.why is EntryRefusal.NOT_REACHED
    assert not Account.objects.filter(school=school).exists()
    assert not SignIn.objects.filter(school=school).exists()


def test_a_school_that_is_not_reached_is_not_entered(rivers: Rivers) -> None:
    with pytest.raises(CannotEnterError):
        enter(rivers.mia, rivers.oakfield)


def test_entering_needs_the_permission_at_the_trust(rivers: Rivers) -> None:
    plain = add_person(rivers.trust, "Pat Plain", role=None)
    give_schools(plain, rivers.trust)
    with pytest.raises(NotPermittedError) as refused:
        enter(plain, rivers.oakfield)
    assert refused.value.missing is Permission.GROUP_LOGIN_TO_SCHOOLS


def test_where_the_event_cannot_be_written_nobody_enters(rivers: Rivers) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute("alter table audit_event add constraint broken check (name not like 'trust.%') not valid")
    with pytest.raises(DatabaseError):
        enter(rivers.noah, rivers.oakfield)
    assert not Account.objects.filter(school=rivers.oakfield, user=rivers.noah).exists()
    assert not SignIn.objects.filter(school=rivers.oakfield).exists()


@pytest.mark.races
def test_two_first_entries_at_once_make_one_account(rivers: Rivers) -> None:
    for number in range(TIMES // 4):
        school = add_school(f"school-{number}", trust=rivers.trust)
        start = Barrier(2)

        def go(school: Site = school, start: Barrier = start) -> Account:
            start.wait()
            try:
                return enter(rivers.noah, school)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            made = [pool.submit(go) for _ in range(2)]
        assert len({each.result().id for each in made}) == 1
        assert Account.objects.filter(school=school).count() == 1


def test_the_schools_of_the_trust_stand_for_one_person_as_they_reach_them(rivers: Rivers) -> None:
    give_schools(rivers.mia, rivers.trust, rivers.brook)
    enter(rivers.mia, rivers.brook)
    found = {each.site.slug: each for each in schools_for(account_of(rivers.mia, rivers.trust))}

    assert (found["brook"].is_reached, found["oakfield"].is_reached) == (True, False)
    assert found["brook"].account == Account.objects.get(school=rivers.brook, user=rivers.mia)
    assert found["oakfield"].account is None


def test_the_operator_gives_the_first_access(rivers: Rivers) -> None:
    command = ["trust", "access", "two-rivers", "--email", "MIA.cole@example.org", "--schools", "some"]
    told = CliRunner().invoke(commands, [*command, "--school", "brook", "--school", "oakfield"])

    assert told.output == "Mia Cole may sign in to some of the schools of Two Rivers Trust\n"
    assert reach(rivers.mia, rivers.trust).schools == {rivers.oakfield.id, rivers.brook.id}
    event = events_of(rivers.trust)[-1]
    assert (event.name, event.actor_kind) == ("school_access.changed", "operator")


@pytest.mark.parametrize(
    ("trust", "email", "access", "schools", "field"),
    [
        ("nowhere", "mia.cole@example.org", SchoolAccess.ALL, (), "trust"),
        ("oakfield", "mia.cole@example.org", SchoolAccess.ALL, (), "trust"),
        ("two-rivers", "nobody@example.org", SchoolAccess.ALL, (), "email"),
        ("two-rivers", "mia.cole@example.org", SchoolAccess.SOME, (), "schools"),
        ("two-rivers", "mia.cole@example.org", SchoolAccess.SOME, ("nowhere",), "schools"),
        ("two-rivers", "mia.cole@example.org", SchoolAccess.SOME, ("hillside",), "schools"),
        ("two-rivers", "mia.cole@example.org", SchoolAccess.ALL, ("oakfield",), "schools"),
    ],
)
def test_what_cannot_be_given_is_said(
    rivers: Rivers, trust: str, email: str, access: SchoolAccess, schools: tuple[str, ...], field: str
) -> None:
    add_school("hillside", trust=add_trust())
    with pytest.raises(InvalidError) as refused:
        grant_school_access(trust, email, access, schools, by=OPERATOR, at=NOW)
    assert refused.value.field == field
    assert reach(rivers.mia, rivers.trust) == SchoolReach(SchoolAccess.NONE)


def test_somebody_without_the_page_changes_nobodys_access(rivers: Rivers) -> None:
    ivy = add_person(rivers.trust, "Ivy Stone", TRUST_STAFF)
    give_schools(ivy, rivers.trust)
    with pytest.raises(NotPermittedError):
        change_school_access(
            rivers.trust,
            account_of(rivers.mia, rivers.trust).id,
            SchoolReach(SchoolAccess.ALL),
            by=account_of(ivy, rivers.trust),
            at=NOW,
        )


def test_a_school_changes_its_trust_at_the_command_line(rivers: Rivers) -> None:
    inside = enter(rivers.noah, rivers.oakfield)
    left = CliRunner().invoke(commands, ["school", "trust", "oakfield", "--leave"])
    joined = CliRunner().invoke(commands, ["school", "trust", "oakfield", "--join", "two-rivers"])

    assert left.output == "Oakfield School belongs to no trust from now on\n"
    assert joined.output == "Oakfield School belongs to Two Rivers Trust from now on\n"
    changed = [event.details for event in events_of(rivers.oakfield) if event.name == "trust.changed"]
    assert changed == [
        {"before": rivers.trust.id, "after": None},
        {"before": None, "after": rivers.trust.id},
    ]
    assert may_be_there(Account.objects.get(id=inside.id), TODAY)


@pytest.mark.parametrize(
    ("slug", "trust", "field"),
    [
        ("nowhere", "two-rivers", "school"),
        ("two-rivers", None, "school"),
        ("oakfield", "nowhere", "trust"),
        ("oakfield", "brook", "trust"),
        ("oakfield", "two-rivers", "trust"),
    ],
)
def test_a_trust_that_cannot_be_is_said(rivers: Rivers, slug: str, trust: str | None, field: str) -> None:
    with pytest.raises(InvalidError) as refused:
        change_trust(slug, trust, by=OPERATOR, at=NOW)
    assert refused.value.field == field


@pytest.mark.parametrize("words", [[], ["--leave", "--join", "two-rivers"]])
def test_joining_and_leaving_is_one_or_the_other(rivers: Rivers, words: list[str]) -> None:
    told = CliRunner().invoke(commands, ["school", "trust", "oakfield", *words])
    assert isinstance(told.exception, InvalidError)


def test_a_school_of_no_trust_leaves_none(rivers: Rivers) -> None:
    add_school("lone")
    with pytest.raises(InvalidError, match="belongs to no trust already"):
        change_trust("lone", None, by=OPERATOR, at=NOW)
