"""Large pages come from the database another way: what they tell and what goes on record is the same."""

from consentry.connections.reading.read import LARGE
from tests.api.rest_v2.conftest import World
from tests.api.rest_v2.test_what_goes_on_record import the_event

SMALL_PAGE, LARGE_PAGE = f"page-size={LARGE}", f"page-size={LARGE + 1}"


def test_a_large_page_tells_what_a_small_one_tells(world: World) -> None:
    for collection in ("students", "persons", "genders"):
        small, large = (world.reader.get(collection, query) for query in (SMALL_PAGE, LARGE_PAGE))

        assert large.body == small.body
        assert small.json[collection]


def test_the_pieces_of_a_large_page_keep_the_order_that_was_asked_for(world: World) -> None:
    for order in ("", "&order-property=code", "&order-property=code&order-direction=desc"):
        small, large = (world.reader.get("countries", query + order) for query in (SMALL_PAGE, LARGE_PAGE))

        assert large.body == small.body
        assert len(small.json["countries"]) == 249, "one piece would show nothing"


def test_a_large_page_without_records_is_an_empty_list(world: World) -> None:
    answered = world.reader.get("students", f"{LARGE_PAGE}&filters.studentNumber.equals=nobody")

    assert answered.json == {"students": []}


def test_the_records_of_a_large_page_are_on_record(world: World) -> None:
    small, large = (the_event(world.narrow, "students", query) for query in (SMALL_PAGE, LARGE_PAGE))

    assert large.records == small.records == [student.id for student in world.students]
    assert (large.outcome, large.fields) == ("served", small.fields)


def test_a_large_page_is_refused_as_any_other(world: World) -> None:
    event = the_event(world.narrow, "ethnicities", LARGE_PAGE)

    assert (event.outcome, event.records) == ("refused", None)
