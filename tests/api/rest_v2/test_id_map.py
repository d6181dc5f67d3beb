"""The id map: which id of before a wipe is which now, for approved apps and the data types that they may read."""

from typing import Any

import pytest

from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent, Connection
from consentry.partners.actions.publish_version import AskedRow
from consentry.people.models import User
from consentry.records import models
from consentry.rules.grants import Action
from consentry.schools.models import Life, Site
from consentry.schools.queries import school_id
from consentry.workflows.wipe_dummy_site import WipeOrder, wipe_dummy_site
from tests.api.calls import Answered, Client, client_of
from tests.imports.applied import FRIDAY, MONDAY, apply_ctf, apply_marks, apply_oneroster, rows, sample_of
from tests.world import NOW, READ, add_app, add_person, add_school, approve, ask, reject

STUDENTS = AskedRow("Student", ["person", "studentNumber"], READ)
MARKS = AskedRow("AttendanceRollCallRecord", ["recordDate"], READ)


def fill(site: Site, pupils: int = 12) -> None:
    """Import the files of an invented school of so many pupils."""
    school = sample_of(site, pupils)
    apply_ctf(site, school)
    apply_oneroster(site, school)
    apply_marks(site, school.marks(MONDAY, FRIDAY))


def wipe(site: Site, becomes: Life = Life.LIVE) -> None:
    wipe_dummy_site(site, WipeOrder(site.name, becomes), by=OPERATOR, at=NOW)


class World:
    """A dummy site that is filled, and an app that may read its pupils and their marks."""

    def __init__(self, slug: str = "oakfield", app: Any = None) -> None:
        self.site = add_school(slug, life=Life.DUMMY)
        fill(self.site)
        self.head: User = add_person(self.site, f"Head of {slug}")
        self.app = app or add_app(rows=[STUDENTS, MARKS])
        self.connection: Connection = approve(ask(self.app, self.site), self.head)
        self.client: Client = client_of(self.app, self.site)

    def go_live(self) -> None:
        wipe(self.site)
        fill(self.site)

    def keys(self) -> dict[int, str]:
        """The pupils' ids and numbers."""
        return dict(rows(models.UpnAssignment, self.site, "student_id", "upn"))

    def last_access(self) -> AccessEvent:
        with reading(school_id(self.site)):
            return AccessEvent.objects.filter(school=self.site).latest("id")


@pytest.fixture
def world(database: str) -> World:
    return World()


def pairs(answered: Answered) -> dict[int, int | None]:
    assert answered.status == 200, answered.body
    return {row["oldId"]: row["newId"] for row in answered.json["idMap"]}


def test_the_whole_story_from_the_dummy_site_to_the_live_one(world: World) -> None:
    """An app approved on the dummy site reads at once after the site was wiped and remigrated, by new ids."""
    before = world.keys()
    assert {row["id"] for row in world.client.rows("students")} == set(before)
    world.go_live()
    after = world.keys()

    assert {row["id"] for row in world.client.rows("students")} == set(after)
    found = pairs(world.client.get("id-map", "entity-type=Student"))
    assert {before[old]: after[new or 0] for old, new in found.items()} == {upn: upn for upn in before.values()}


def test_a_site_that_was_never_wiped_has_an_empty_map(world: World) -> None:
    assert world.client.get("id-map", "entity-type=Student").json == {"idMap": []}


def test_before_the_next_import_no_old_id_stands_for_anything(world: World) -> None:
    before = set(world.keys())
    wipe(world.site)

    assert pairs(world.client.get("id-map", "entity-type=Student")) == dict.fromkeys(before)


def test_every_mark_is_found_again(world: World) -> None:
    world.go_live()
    found = pairs(world.client.get("id-map", "entity-type=AttendanceRollCallRecord&page-size=1000"))

    assert len(found) == 120
    assert set(found.values()) == {number for (number,) in rows(models.AttendanceRollCallRecord, world.site, "id")}


@pytest.mark.parametrize("name", ["Student", "students", "student"])
@pytest.mark.parametrize("address", ["id-map", "idMap", "ID-MAP"])
def test_names_are_taken_as_everywhere_on_this_surface(world: World, name: str, address: str) -> None:
    world.go_live()

    assert len(pairs(world.client.get(address, f"entity-type={name}"))) == 12


def test_csv_by_parameter_and_by_accept(world: World) -> None:
    world.go_live()
    found = pairs(world.client.get("id-map", "entity-type=Student"))
    lines = [f"Student,{old},{new}" for old, new in sorted(found.items())]
    expected = "\r\n".join(["entity_type,old_id,new_id", *lines, ""])
    for answered in (
        world.client.get("id-map", "entity-type=Student&format=csv"),
        world.client.get("id-map", "entity-type=Student", Accept="text/csv"),
    ):
        assert answered.header("Content-Type") == "text/csv; charset=utf-8; header=present"
        assert answered.body.decode() == expected


def test_csv_leaves_out_what_has_no_new_id(world: World) -> None:
    wipe(world.site)
    lines = world.client.get("id-map", "entity-type=Student&format=csv").body.decode().split("\r\n")

    assert all(line.endswith(",") for line in lines[1:-1])


def test_xml_holds_the_same(world: World) -> None:
    wipe(world.site)
    answered = world.client.get("id-map", "entity-type=Student&format=xml")

    assert answered.body.count(b"<oldId>") == 12


def test_pages_follow_the_links_without_missing_or_repeating(world: World) -> None:
    world.go_live()
    for form in ("json", "csv"):
        seen: list[str] = []
        query: str | None = f"entity-type=Student&page-size=5&format={form}"
        while query:
            answered = world.client.get("id-map", query)
            page = answered.body.decode()
            rows_of = page.split("\r\n")[1:-1] if form == "csv" else [str(row) for row in answered.json["idMap"]]
            seen += rows_of
            links = (answered.header("Link") or "").split(", ")
            following = [link for link in links if 'rel="next"' in link]
            query = following[0].partition("?")[2].partition(">")[0] if following else None
        assert len(seen) == len(set(seen)) == 12


def test_a_cursor_of_the_map_is_no_cursor_of_the_records(world: World) -> None:
    world.go_live()
    link = world.client.get("id-map", "entity-type=Student&page-size=5").header("Link") or ""
    cursor = link.partition("cursor=")[2].partition(">")[0]

    assert world.client.get("students", f"cursor={cursor}").status == 422
    assert world.client.get("id-map", f"entity-type=AttendanceRollCallRecord&cursor={cursor}").status == 422


def test_what_was_told_is_on_record(world: World) -> None:
    """Nothing leaves that is not on record: the old ids as the records, the new ones beside them."""
    world.go_live()
    found = pairs(world.client.get("id-map", "entity-type=Student"))
    event = world.last_access()

    assert (event.outcome, event.data_type, event.fields) == ("served", "Student", ["formerId"])
    assert set(event.records or []) == set(found)
    assert set((event.expanded or {})["Student"]) == set(found.values())


def test_a_data_type_that_is_not_granted_is_refused_naming_it(world: World) -> None:
    world.go_live()
    answered = world.client.get("id-map", "entity-type=Staff")

    assert (answered.status, answered.kind) == (403, "PermissionMissing")
    assert "`Staff`" in answered.message
    assert world.last_access().why == "data type not granted: Staff"
    assert world.last_access().records is None


def test_writing_a_data_type_is_not_reading_it(database: str) -> None:
    world = World(app=add_app(rows=[STUDENTS, AskedRow("Staff", ["person"], frozenset({Action.UPDATE}))]))
    world.go_live()

    assert world.client.get("id-map", "entity-type=Staff").status == 403


def test_a_rejected_app_reads_nothing(world: World) -> None:
    world.go_live()
    reject(world.connection, world.head)
    answered = world.client.get("id-map", "entity-type=Student")

    assert (answered.status, answered.kind) == (403, "ConnectionRejected")
    assert (world.last_access().outcome, world.last_access().records) == ("refused", None)


def test_an_app_that_is_not_connected_reads_nothing(world: World) -> None:
    world.go_live()
    stranger = client_of(add_app("Lunchline", rows=[STUDENTS]), world.site)

    assert stranger.get("id-map", "entity-type=Student").kind == "ConnectionMissing"


def test_no_other_sites_ids_are_in_the_map(world: World) -> None:
    elmwood = World("elmwood", world.app)
    world.go_live()
    elmwood.go_live()
    here, there = (pairs(each.client.get("id-map", "entity-type=Student")) for each in (world, elmwood))

    assert not set(here) & set(there)
    assert not set(here.values()) & set(there.values())
    assert (
        world.client.at(elmwood.site).get("id-map", "entity-type=Student").json
        == elmwood.client.get("id-map", "entity-type=Student").json
    )


def test_an_app_that_is_not_live_ends_with_the_dummy_site(database: str) -> None:
    """Application Not Live: connected by dummy sites only."""
    world = World(app=add_app(is_live=False, rows=[STUDENTS]))
    world.go_live()

    assert world.client.get("id-map", "entity-type=Student").kind == "ApplicationNotLive"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("", "entity-type"),
        ("entity-type=", "entity-type"),
        ("entity-type=Nothing", "entity-type"),
        ("entity-type=IdMap", "entity-type"),
        ("entity-type=Student&entity-type=Staff", "entity-type"),
        ("entity-type=Student&page-size=0", "page-size"),
        ("entity-type=Student&page-size=99999999999999999999", "page-size"),
        ("entity-type=Student&page-number=-1", "page-number"),
        ("entity-type=Student&page-number=999999999", "page-number"),
        ("entity-type=Student&cursor=forged", "cursor"),
        ("entity-type=Student&cursor=x&page-number=2", "cursor"),
        ("entity-type=Student&format=pdf", "format"),
        ("entity-type=Student&filters.studentNumber.equals=1", "filters.studentNumber.equals"),
        ("entity-type=Student&fields=person", "fields"),
        ("entity-type=Student&expand=person", "expand"),
        ("entity-type=Student&order-property=id", "order-property"),
        ("entity-type=%ff", "query"),
    ],
)
def test_bad_input_names_the_parameter_and_goes_on_record(world: World, query: str, named: str) -> None:
    answered = world.client.get("id-map", query)

    assert answered.status == 422, answered.body
    assert answered.message.startswith(f"{named}: ")
    assert world.last_access().outcome == "refused"


def test_nul_is_a_400_and_there_is_nothing_below_the_map(world: World) -> None:
    assert world.client.get("id-map", "entity-type=%00").status == 400
    assert world.client.get("id-map/7", "entity-type=Student").status == 404
    assert world.client.get("id-map", "entity-type=Student", method="POST").status == 405


def test_a_head_has_no_body(world: World) -> None:
    answered = world.client.get("id-map", "entity-type=Student", method="HEAD")

    assert (answered.status, answered.body) == (200, b"")
