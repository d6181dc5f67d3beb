"""What a site says of itself: what can be, what is refused, and what goes on record."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.people.actions.add_roles import OFFICE, TRUST_ADMINISTRATOR
from consentry.people.actions.edit_details import edit_details
from consentry.people.models import User
from consentry.project.command_line import commands
from consentry.rules.invalid import InvalidError
from consentry.rules.permissions import NotPermittedError, Permission
from consentry.schools.actions.change_details import (
    LONGEST,
    ChangedMeanwhileError,
    Details,
    InvalidDetailsError,
    details_of,
)
from consentry.schools.models import Site
from consentry.schools.queries import school_id, site_by_slug
from tests.races import TIMES
from tests.world import NOW, account_of, add_person, add_school, add_trust


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school()


@pytest.fixture
def asha(oakfield: Site) -> User:
    return add_person(oakfield)


def save(site: Site, by: User, wanted: Details) -> tuple[str, ...]:
    """The person saves these, having seen how the site stands now."""
    return edit_details(site, wanted, seen=details_of(site_by_slug(site.slug)).digest, by=account_of(by, site), at=NOW)


def events_of(site: Site) -> list[dict[str, object]]:
    with reading(school_id(site)):
        found = Event.objects.filter(school_id=site.id, name="site.details_changed").order_by("number")
        return [each.details for each in found]


def test_what_is_saved_is_tidied_and_the_event_names_the_fields_alone(oakfield: Site, asha: User) -> None:
    wanted = replace(
        details_of(oakfield), name="  Oakfield   Academy ", laestab="860/123", street="1 High Street", postcode="bs14dj"
    )

    assert save(oakfield, asha, wanted) == ("name", "laestab", "street", "postcode")

    kept = details_of(site_by_slug("oakfield"))
    assert (kept.name, kept.laestab, kept.street) == ("Oakfield Academy", "8600123", "1 High Street")
    assert (kept.postcode, kept.urn) == ("BS1 4DJ", oakfield.urn)
    assert events_of(oakfield) == [{"fields": ["name", "laestab", "street", "postcode"]}]


def test_saving_what_is_so_already_changes_and_tells_nothing(oakfield: Site, asha: User) -> None:
    assert save(oakfield, asha, details_of(oakfield)) == ()
    assert events_of(oakfield) == []


def test_all_that_cannot_be_is_said_at_once(oakfield: Site, asha: User) -> None:
    elmwood = add_school("elmwood")
    bad = Details("", urn=elmwood.urn or "", laestab="999", town="x" * (LONGEST + 1), county="a\0b", postcode="BS1")

    with pytest.raises(InvalidDetailsError) as refused:
        save(oakfield, asha, bad)

    assert refused.value.reasons == {
        "name": "the name must not be empty",
        "urn": "another site has this URN already",
        "laestab": "a LAESTAB has seven digits: three of the authority, four of the establishment",
        "town": "this is longer than 200 characters",
        "county": "this holds a character that cannot be kept",
        "postcode": "this is not a UK postcode, such as BS1 4DJ",
    }
    assert details_of(site_by_slug("oakfield")) == details_of(oakfield)


@pytest.mark.parametrize("urn", ["", "12345", "1234567", "012345", "12345a", "١٢٣٤٥٦"])
def test_a_urn_has_six_digits(oakfield: Site, asha: User, urn: str) -> None:
    with pytest.raises(InvalidDetailsError) as refused:
        save(oakfield, asha, replace(details_of(oakfield), urn=urn))
    assert list(refused.value.reasons) == ["urn"]


def test_a_trust_has_a_name_and_an_address_alone(database: str) -> None:
    trust = add_trust()
    owner = add_person(trust, "Ruth Fox", TRUST_ADMINISTRATOR)

    assert save(trust, owner, Details("Harbour Learning", town="Bristol")) == ("name", "town")
    with pytest.raises(InvalidDetailsError) as refused:
        save(trust, owner, Details("Harbour Learning", urn="123456", laestab="8604000"))
    assert refused.value.reasons == {"urn": "a trust has none", "laestab": "a trust has none"}


def test_who_lacks_the_permission_saves_nothing(oakfield: Site) -> None:
    tom = add_person(oakfield, "Tom Reed", OFFICE)
    stranger = add_person(add_school("elmwood"), "Lee Hart")

    for person in (tom, stranger):
        with pytest.raises(NotPermittedError) as refused:
            save(oakfield, person, replace(details_of(oakfield), name="Mine"))
        assert refused.value.missing is Permission.SCHOOL_GENERAL_ADMIN
    assert site_by_slug("oakfield").name == "Oakfield School"


def test_nobody_saves_over_what_they_have_not_seen(oakfield: Site, asha: User) -> None:
    seen = details_of(oakfield)
    save(oakfield, asha, replace(seen, town="Bath"))

    with pytest.raises(ChangedMeanwhileError):
        edit_details(oakfield, replace(seen, town="Bristol"), seen=seen.digest, by=account_of(asha, oakfield), at=NOW)

    assert site_by_slug("oakfield").town == "Bath"


@pytest.mark.races
def test_of_two_sites_that_take_one_urn_at_once_one_is_told(oakfield: Site, asha: User) -> None:
    elmwood = add_school("elmwood")
    lee = add_person(elmwood, "Lee Hart")
    for number in range(900000, 900000 + TIMES):
        start = Barrier(2)

        def take(site: Site, by: User, urn: str = str(number), start: Barrier = start) -> object:
            try:
                wanted = replace(details_of(site_by_slug(site.slug)), urn=urn)
                start.wait()
                return save(site, by, wanted)
            except InvalidDetailsError as refused:
                return refused.reasons
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            taken = [pool.submit(take, site, by) for site, by in ((oakfield, asha), (elmwood, lee))]
        outcomes = [each.result() for each in taken]
        assert ("urn",) in outcomes
        assert {"urn": "another site has this URN already"} in outcomes


def correct(*words: str) -> Result:
    return CliRunner().invoke(commands, words)


def test_the_operator_corrects_what_nobody_of_the_site_can(oakfield: Site) -> None:
    told = correct("school", "correct", "oakfield", "--urn", "654321", "--laestab", "860/9")

    assert told.output == "/oakfield/ is Oakfield School, URN 654321, LAESTAB 8600009 from now on\n"
    add_trust()
    assert correct("trust", "correct", "harbour-trust", "--name", "Harbour").output.startswith("/harbour-trust/ is Har")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (("school", "correct", "nowhere", "--name", "Oak"), "site"),
        (("school", "correct", "oakfield", "--urn", "1"), "urn"),
        (("school", "correct", "oakfield", "--name", "Oakfield School"), "site"),
        (("school", "correct", "oakfield"), "site"),
    ],
)
def test_the_operator_is_told_what_cannot_be(oakfield: Site, words: tuple[str, ...], field: str) -> None:
    refused = correct(*words)

    assert isinstance(refused.exception, InvalidError)
    assert refused.exception.field == field
