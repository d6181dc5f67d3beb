"""Nothing leaves that is not on record: ids and names of fields, never a value; refusals too."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connections

from consentry.api.application import Surfaces
from consentry.api.rate_limit import RateLimit
from consentry.api.rest_v2.application import RestV2
from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent, Connection
from consentry.connections.reading.door import ENTER
from consentry.connections.reading.statement import Statement
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.api.calls import UNLIMITED, Client, client_of
from tests.api.rest_v2.conftest import World
from tests.world import add_app, add_school, ask


def events_at(site: Site) -> list[AccessEvent]:
    with reading(school_id(site)):
        return list(AccessEvent.objects.order_by("id"))


@contextmanager
def recording(site: Site) -> Iterator[list[AccessEvent]]:
    """Collects the access events that the block adds."""
    found: list[AccessEvent] = []
    before = len(events_at(site))
    yield found
    found += events_at(site)[before:]


def the_event(client: Client, below: str, query: str = "") -> AccessEvent:
    with recording(client.site) as found:
        client.get(below, query)
    (event,) = found
    return event


def test_a_listing_puts_its_records_and_fields_on_record(world: World) -> None:
    event = the_event(world.narrow, "students")

    with reading(SchoolId(world.site.id)):
        connection = Connection.objects.get(app=world.narrow.app)
    assert (event.app_id, event.connection_id, event.version_id) == (
        world.narrow.app.id,
        connection.id,
        connection.version_id,
    )
    assert (event.surface, event.outcome, event.why, event.data_type) == ("rest-v2", "served", None, "Student")
    assert event.records == [student.id for student in world.students]
    assert event.fields == ["person", "studentNumber", "userTags"]
    assert event.expanded is None


def test_what_is_opened_up_is_on_record_by_data_type(world: World) -> None:
    event = the_event(world.reader, "registration-forms", "fields=tutors&expand=tutors.staff.person.gender")

    (form,) = world.reader.rows("registration-forms", "fields=tutors&expand=tutors.staff.person.gender")
    tutor = form["tutors"][0]
    assert event.records == [form["id"]]
    assert event.expanded == {
        "RegistrationFormTutor": [tutor["id"]],
        "Staff": [tutor["staff"]["id"]],
        "Person": [tutor["staff"]["person"]["id"]],
        "Gender": [tutor["staff"]["person"]["gender"]["id"]],
    }
    assert {"tutors", "tutors.staff", "tutors.staff.person.legalLastName"} <= set(event.fields)


def test_one_data_type_opened_on_two_ways_is_on_record_with_all_its_ids(world: World) -> None:
    event = the_event(world.reader, "students", "fields=studentNumber&expand=person.gender,ethnicity")

    assert event.expanded is not None
    assert sorted(event.expanded["Person"]) == sorted(student.person.id for student in world.students)
    assert event.expanded["Ethnicity"] == []
    assert len(event.expanded["Gender"]) == 2, "the gender of two pupils is on record once"


def test_filters_sorting_and_names_are_on_record_without_their_values(world: World) -> None:
    query = "fields=studentNumber&filters.person.legalLastName.equals=Ng&order-property=person.dateOfBirth"
    event = the_event(world.reader, "students", query)

    assert event.fields == ["studentNumber", "displayName", "person.legalLastName", "person.dateOfBirth"]
    assert the_event(world.reader, "students", "fields=id&filters.self.tagged=STUDENT__CURRENT").fields == [
        "displayName", "tags",
    ]  # fmt: skip


def test_an_event_never_holds_a_value(world: World) -> None:
    with recording(world.site) as found:
        world.reader.get("students", "expand=person&filters.person.legalFirstName.equals=Ada")
        world.reader.get(f"students/{world.students[0].id}", "expand=person")
        world.reader.get("students", "filters.tags.sims-id=7")

    for event in found:
        kept = json.dumps({name: str(value) for name, value in vars(event).items() if name != "_state"})
        assert not any(value in kept for value in ("Ada", "Ng", "00001", "2012-03-01", "sims-id"))


def test_an_empty_answer_is_on_record(world: World) -> None:
    event = the_event(world.reader, "students", "filters.id.equals=1")

    assert (event.outcome, event.records) == ("served", None)


def test_looking_for_a_record_that_is_not_there_is_on_record(world: World) -> None:
    assert the_event(world.reader, "students/999999").outcome == "served"


@pytest.mark.parametrize(
    ("below", "query", "why", "fields"),
    [
        ("students", "fields=ethnicity", "field not granted: Student.ethnicity", ["Student.ethnicity"]),
        ("staffs", "", "data type not granted: Staff", ["Staff"]),
        ("students", "filters.person.title.equals=NULL", "field not granted: Person.title", ["Person.title"]),
        ("students", "fields=%27%25s%7B%7D", "unknown field: Student.(unknown)", ["Student.(unknown)"]),
        ("students", "filters.Jane%20has%20asthma.equals=1", "unknown field: Student.(unknown)", ["Student.(unknown)"]),
    ],
)
def test_refused_calls_are_on_record(world: World, below: str, query: str, why: str, fields: list[str]) -> None:
    event = the_event(world.narrow, below, query)

    assert (event.outcome, event.why, event.fields) == ("refused", why, fields)
    assert (event.records, event.expanded) == (None, None)


@pytest.mark.parametrize(
    ("below", "query", "status", "data_type", "why"),
    [
        ("Jane has\nasthma", "", 404, "(unknown)", "unknown address"),
        ("students/1/person", "", 404, "(unknown)", "unknown address"),
        ("", "", 404, "(unknown)", "unknown address"),
        ("students", "page-size=many", 422, "Student", "unreadable: page-size"),
        ("students", "filters.id.equals=Ada", 422, "Student", "unreadable: filters"),
        ("students", "filters.tags.sims-id=7&filters.tags.sims-id=8", 422, "Student", "unreadable: filters"),
        ("students", "cursor=Ada", 422, "Student", "unreadable: cursor"),
        ("students", "Jane+has+asthma=1&Jane+has+asthma=2", 422, "Student", "unreadable: (unknown)"),
    ],
)
def test_calls_that_cannot_be_read_are_on_record(
    world: World, below: str, query: str, status: int, data_type: str, why: str
) -> None:
    with recording(world.site) as found:
        assert world.reader.get(below, query).status == status

    (event,) = found
    assert (event.outcome, event.data_type, event.why) == ("refused", data_type, why)
    assert (event.fields, event.records, event.expanded) == ([], None, None)


def test_a_call_that_takes_too_long_is_on_record(world: World) -> None:
    _as_owner(_SLOW)
    try:
        with recording(world.site) as found:
            answered = Client(world.site, world.reader.app, world.reader.secret, to=HURRIED).get("genders")
    finally:
        _as_owner("drop policy slow on records_gender; drop function slow()")

    assert (answered.status, "takes too long" in answered.message) == (422, True)
    assert [(event.outcome, event.why, event.data_type) for event in found] == [("refused", "too costly", "Gender")]


def test_what_cannot_be_read_is_refused_by_the_door_first(world: World) -> None:
    app = add_app("Asks too early")
    client = client_of(app, world.site)
    ask(app, world.site)

    with recording(world.site) as found:
        answered = client.get("students", "page-size=many")
    assert (answered.status, answered.kind) == (403, "ConnectionPending")
    assert [(event.outcome, event.why) for event in found] == [("refused", "pending")]


def test_calls_before_a_closed_door_are_on_record(world: World) -> None:
    app = add_app("Waiting")
    client = client_of(app, world.site)
    assert the_event(client, "students").why == "none"
    ask(app, world.site)
    event = the_event(client, "students")
    assert (event.outcome, event.why, event.records) == ("refused", "pending", None)


def test_calls_at_another_school_are_on_record_there(world: World) -> None:
    elmwood = add_school("elmwood")
    with recording(world.site) as here, recording(elmwood) as there:
        world.reader.at(elmwood).get("students")

    assert here == []
    assert [(event.outcome, event.why) for event in there] == [("refused", "none")]


HURRIED = Surfaces(
    RestV2(
        limit=RateLimit(UNLIMITED),
        failures=RateLimit(UNLIMITED),
        enter=Statement(ENTER.sql.replace("'10s'", "'200ms'"), ENTER.order),
    ),
    None,
)
"""The service with less patience for a statement."""

_SLOW = """
create function slow() returns boolean language plpgsql as 'begin perform pg_sleep(3); return true; end';
create policy slow on records_gender as restrictive using (slow());
"""

BREAKS = {
    "a trigger that fails": (
        """
        create function broken() returns trigger language plpgsql as 'begin raise exception ''full''; end';
        create trigger broken before insert on connections_accessevent for each row execute function broken();
        """,
        "drop trigger broken on connections_accessevent; drop function broken()",
    ),
    "a column gone": (
        "alter table connections_accessevent rename column fields to other",
        "alter table connections_accessevent rename column other to fields",
    ),
    "no right to write": (
        "revoke insert on connections_accessevent from consentry_app",
        "grant insert on connections_accessevent to consentry_app",
    ),
}


@pytest.mark.parametrize(("break_it", "mend_it"), BREAKS.values(), ids=BREAKS)
def test_where_nothing_can_be_put_on_record_nothing_leaves(world: World, break_it: str, mend_it: str) -> None:
    _as_owner(break_it)
    try:
        answered = world.reader.get("students", "expand=person")
        single = world.reader.get(f"students/{world.students[0].id}")
    finally:
        _as_owner(mend_it)

    for each in (answered, single):
        assert each.status >= 500
        assert b"Ada" not in each.body
        assert each.json["response"]["errors"][0]["trace"] == ""
    assert world.reader.get("students").status == 200


def _as_owner(statements: str) -> None:
    with connections["owner"].cursor() as owner:
        owner.execute(statements)
