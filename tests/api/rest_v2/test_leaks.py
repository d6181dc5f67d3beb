"""The leaks that other products had to fix, each tried on the real surface."""

import pytest

from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.partners.actions.publish_version import AskedRow
from consentry.people.models import User
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.api.calls import Answered, Client, query_of
from tests.api.rest_v2.conftest import World, open_world
from tests.world import READ, add_app, add_person, add_school, approve, ask, reject
from tests.world_records import add_student

TWIN = 900_000_001
ONLY_THERE = 900_000_002


@pytest.fixture(scope="module")
def world(module_database: str) -> World:
    """The school, and a second one with a pupil of the same number and one that the first has not."""
    world = open_world()
    elmwood = add_school("elmwood")
    add_student(world.site, "90001", "Here", "Oakfield", id=TWIN)
    add_student(elmwood, "90001", "There", "Elmwood", id=TWIN)
    add_student(elmwood, "90002", "Only", "Elmwood", id=ONLY_THERE)
    return world


@pytest.fixture(scope="module")
def elmwood(world: World) -> tuple[Site, User]:
    """The second school, where the reader is connected too."""
    site = Site.objects.get(slug="elmwood")
    head = add_person(site, "Head Of elmwood")
    approve(ask(world.reader.app, site), head)
    return site, head


def everything_said(answered: Answered) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
    return answered.status, answered.headers, answered.body


def test_another_schools_id_is_answered_as_an_id_that_does_not_exist(world: World) -> None:
    foreign, nobody = world.reader.get(f"students/{ONLY_THERE}"), world.reader.get("students/900000003")

    assert foreign.status == 404
    assert everything_said(foreign) == everything_said(nobody)


@pytest.mark.parametrize(
    "query",
    [
        "filters.id.equals={}",
        "filters.id.in={},1",
        "filters.id.from={0}&filters.id.to={0}",
        "filters.person.id.equals={}",
    ],
)
def test_filters_never_find_another_schools_ids(world: World, query: str) -> None:
    foreign, nobody = (world.reader.get("students", query.format(number)) for number in (ONLY_THERE, 900_000_003))

    assert foreign.json == nobody.json == {"students": []}
    assert (foreign.status, len(foreign.headers)) == (nobody.status, len(nobody.headers))


def test_two_schools_with_equal_ids_each_see_their_own(world: World, elmwood: tuple[Site, User]) -> None:
    here = world.reader.get(f"students/{TWIN}", "expand=person").json["student"]
    there = world.reader.at(elmwood[0]).get(f"students/{TWIN}", "expand=person").json["student"]

    assert (here["id"], here["person"]["legalLastName"]) == (TWIN, "Oakfield")
    assert (there["id"], there["person"]["legalLastName"]) == (TWIN, "Elmwood")


def test_an_approval_at_one_school_opens_no_other(world: World) -> None:
    elsewhere = world.narrow.at(Site.objects.get(slug="elmwood"))

    for below in ("students", f"students/{TWIN}", f"students/{ONLY_THERE}", "students/1", "staffs"):
        answered = elsewhere.get(below)
        assert (answered.status, answered.kind) == (403, "ConnectionMissing")
        assert b"Elmwood" not in answered.body


def test_at_a_school_that_did_not_approve_ids_cannot_be_told_apart(world: World) -> None:
    elsewhere = world.narrow.at(Site.objects.get(slug="elmwood"))

    assert everything_said(elsewhere.get(f"students/{ONLY_THERE}")) == everything_said(elsewhere.get("students/1"))


@pytest.mark.parametrize("operator", ["equals", "from", "to", "after", "before", "search", "like", "in"])
def test_no_operator_makes_an_oracle_of_a_field_that_was_not_granted(world: World, operator: str) -> None:
    for value in ("Ng", "a", "%25", "NULL", ""):
        answered = world.narrow.get("students", f"filters.person.legalLastName.{operator}={value}")
        assert answered.status == 403
        assert "`Person.legalLastName`" in answered.message


def test_search_finds_nothing_by_fields_that_were_not_granted(world: World) -> None:
    assert world.narrow.rows("students", "search=Ng&q=Ng") == world.narrow.rows("students")


def test_sorting_by_what_was_not_granted_is_refused(world: World) -> None:
    for query in (
        "order-property=ethnicity",
        "order-property=person.legalLastName",
        "order-property=person.dateOfBirth",
    ):
        assert world.narrow.get("students", query).status == 403


def test_naming_or_opening_what_was_not_granted_is_refused(world: World) -> None:
    for query in ("fields=ethnicity", "fields=studentNumber,nhsNumber", "expand=ethnicity", "expand=person.title"):
        assert world.narrow.get("students", query).status == 403
        assert world.narrow.get(f"students/{TWIN}", query).status == 403


def test_what_is_opened_shows_no_more_than_its_own_grant(world: World) -> None:
    for row in world.narrow.rows("students", "expand=person"):
        assert set(row["person"]) == {"entityType", "href", "id", "legalFirstName", "gender"}
        assert "displayName" not in row


def test_tags_are_no_oracle_without_the_right_to_read_tags(world: World) -> None:
    answered = world.narrow.get("students", "filters.self.tagged=STUDENT__CURRENT")

    assert (answered.status, answered.kind) == (403, "PermissionMissing")
    assert "`Tagging`" in answered.message


def test_user_tags_are_no_oracle_without_the_right_to_read_them(world: World) -> None:
    client = world.connect(add_app("No tags", rows=[AskedRow("Student", ["studentNumber"], READ)]))

    assert client.get("students", "filters.tags.sims-id=7").status == 403


def test_no_total_is_told_but_of_what_is_shown(world: World) -> None:
    answered = world.narrow.get("students", "page-size=1&filters.studentNumber.equals=00001")

    names = {name for name, _ in answered.headers}
    assert names <= {
        "Content-Type", "Content-Length", "Cache-Control", "X-Content-Type-Options", "Link", "Consentry-Withheld",
    }  # fmt: skip
    assert list(answered.json) == ["students"]


@pytest.mark.parametrize("written", ["' or 1=1 --", "1 or 1=1", "x') or ('1'='1", "%' or '1'='1", "1;select 1"])
def test_no_value_escapes_its_condition(world: World, written: str) -> None:
    assert world.reader.rows("students", query_of(("filters.studentNumber.equals", written))) == []
    assert world.reader.rows("students", query_of(("filters.studentNumber.in[0]", written))) == []
    assert world.reader.get("students", query_of(("filters.id.equals", written))).status == 422
    assert world.reader.get(f"students/{written}").status == 404


@pytest.mark.parametrize("written", ["x' or '1'='1", 'x"', "x)--", "%s", "{0}", "$1", "x::text", "id\nid"])
def test_no_name_escapes_into_the_statement(world: World, written: str) -> None:
    for parameter in ("fields", "expand", "order-property"):
        assert world.reader.get("students", query_of((parameter, written))).status == 422
    assert world.reader.get("students", query_of((f"filters.{written}.equals", "1"))).status == 422
    assert world.reader.rows("students", query_of((f"filters.tags.{written}", "1"))) == []


def test_the_same_rules_whatever_the_format_or_the_client(world: World) -> None:
    for headers in (
        {"Accept": "application/xml"},
        {"Accept": "text/csv"},
        {"User-Agent": "Arbor PHP SDK"},
        {"X_HTTP_METHOD_OVERRIDE": "POST"},
    ):
        answered = world.narrow.get("students", "filters.ethnicity.equals=NULL", **headers)
        assert answered.status == 403


def test_secrets_and_sign_in_are_no_data_type(world: World) -> None:
    for name in (
        "users",
        "credentials",
        "accounts",
        "api-keys",
        "apps",
        "connections",
        "events",
        "access-events",
        "sites-site",
    ):
        assert world.reader.get(name).status == 404


def test_a_school_that_revokes_is_read_no_more_while_the_other_is(world: World, elmwood: tuple[Site, User]) -> None:
    site, head = elmwood
    there: Client = world.reader.at(site)
    assert there.get("students").status == 200
    with reading(school_id(site)):
        connection = Connection.objects.get(school=site, app=world.reader.app)
    connection = reject(connection, head)
    assert (there.get("students").status, there.get("students").kind) == (403, "ConnectionRejected")
    assert world.reader.get("students").status == 200
    approve(connection, head)
    assert there.get("students").status == 200
