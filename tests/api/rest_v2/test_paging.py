"""Paging by number and by cursor; Link headers; nothing missed or doubled while rows come and go."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl, quote, urlsplit

import pytest

from consentry.api.rest_v2.parameters import read_listing
from consentry.audit.reading import reading
from consentry.connections.models import AccessEvent
from consentry.records.catalogue import catalogue
from consentry.records.models import Student
from consentry.schools.queries import school_id
from tests.api.calls import Answered, Client, call, query_of
from tests.api.rest_v2.conftest import World, open_world
from tests.world import add_app, add_person, add_school, approve, ask
from tests.world_records import add_student, add_students, remove

LINK = re.compile(r'<([^>,]*)>; rel="(first|prev|next)"')


@pytest.fixture(scope="module")
def world(module_database: str) -> World:
    """The school with twenty more pupils."""
    world = open_world()
    add_students(world.site, 20)
    return world


def links(answered: Answered) -> dict[str, str]:
    """The addresses by relation; the header must be nothing but links."""
    header = answered.header("Link") or ""
    found = LINK.findall(header)
    assert ", ".join(f'<{address}>; rel="{relation}"' for address, relation in found) == header
    return {relation: address for address, relation in found}


def follow(client: Client, address: str) -> Answered:
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc) == ("", "")
    return call(parts.path, parts.query, headers={"Authorization": client.basic})


def pages(client: Client, query: str) -> Iterator[list[int]]:
    """The ids of each page, following `next` from page to page."""
    answered = client.get("students", query)
    while True:
        assert answered.status == 200
        yield [row["id"] for row in answered.json["students"]]
        address = links(answered).get("next")
        if address is None:
            return
        answered = follow(client, address)


def all_ids(client: Client) -> list[int]:
    return [row["id"] for row in client.rows("students", "page-size=10000")]


@pytest.mark.parametrize("size", [1, 7, 22, 23, 24])
def test_following_next_reads_everything_once(world: World, size: int) -> None:
    read = [number for page in pages(world.reader, f"page-size={size}") for number in page]

    assert read == all_ids(world.reader)
    assert len(read) == 23


def test_following_next_in_another_order(world: World) -> None:
    query = "page-size=5&order-property=person.legalLastName&order-direction=desc"
    read = [number for page in pages(world.reader, query) for number in page]

    assert sorted(read) == all_ids(world.reader)
    assert read != all_ids(world.reader)


def test_pages_by_number(world: World) -> None:
    ids = all_ids(world.reader)
    for name in ("page-number", "page"):
        read = [[row["id"] for row in world.reader.rows("students", f"page-size=10&{name}={n}")] for n in (1, 2, 3, 4)]
        assert read == [ids[:10], ids[10:20], ids[20:], []]


def test_the_first_page_is_one_and_zero_too(world: World) -> None:
    ids = all_ids(world.reader)
    for number in ("0", "1"):
        assert [row["id"] for row in world.reader.rows("students", f"page-size=3&page-number={number}")] == ids[:3]


def test_links_keep_the_question_and_lead_back(world: World) -> None:
    query = "page-size=2&page-number=3&filters.studentNumber.from=000&fields=studentNumber"
    found = links(world.reader.get("students", query))

    asked = dict(parse_qsl(urlsplit(found["prev"]).query))
    assert asked == {
        "page-size": "2", "page-number": "2", "filters.studentNumber.from": "000", "fields": "studentNumber",
    }  # fmt: skip
    assert dict(parse_qsl(urlsplit(found["next"]).query))["page-number"] == "4"
    assert "page-number" not in found["first"]


def test_a_page_past_the_end_is_empty(world: World) -> None:
    answered = world.reader.get("students", "page-number=11&page-size=10000")

    assert answered.json == {"students": []}
    assert "next" not in links(answered)


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("page-number=1000000000000&page-size=10000", "follow the next links"),
        ("page-size=1001&expand=person", "1000 at most where expand is given"),
        ("page-size=1001&format=xml", "1000 at most in this format"),
    ],
)
def test_a_page_that_would_cost_too_much_is_refused_with_the_reason(world: World, query: str, why: str) -> None:
    answered = world.reader.get("students", query)

    assert answered.status == 422
    assert why in answered.body.decode()


@pytest.mark.parametrize("path", ["//oakfield/rest-v2/students", "///oakfield/rest-v2/students"])
def test_links_never_lead_to_another_host(world: World, path: str) -> None:
    answered = call(path, "page-size=1", headers={"Authorization": world.reader.basic})

    for address in links(answered).values():
        assert address.startswith("/oakfield/rest-v2/students")
        assert follow(world.reader, address).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "x=%0d%0aSet-Cookie:%20a=b", "x=%3e%2c%3chttps://evil.example%3e", 'x=%22%3b"', "%0a=%0d", "x=%E2%80%A8",
        "x=a,b;c", "x=%3E%3B%20rel%3D%22next%22",
    ],
)  # fmt: skip
def test_nothing_breaks_out_of_a_link(world: World, query: str) -> None:
    carried = f"filters.studentNumber.before=z{query.partition('=')[2]}"
    for written in (query, carried):
        answered = world.reader.get("students", f"page-size=1&{written}")

        assert answered.status == 200
        assert set(links(answered)) == {"first", "next"}
        for _, value in answered.headers:
            assert value.isprintable()
            assert value.isascii()


def test_links_leave_out_what_means_nothing(world: World) -> None:
    answered = world.reader.get(
        "students", "page-size=1&currentlyEnrolled=true&_=1&format=json&cursor_=" + "x" * 50_000
    )

    assert links(answered)["first"] == "/oakfield/rest-v2/students?page-size=1&format=json"


AS_HREFS = "/rest-v2/persons/{}"


def many(count: int, *, written: str = AS_HREFS, own: list[int] | None = None) -> str:
    """A filter of this many pupils' persons in the indexed form: our own and others of seven digits."""
    ids = [*(own or []), *range(9_000_000, 9_000_000 + count)][:count]
    return "&".join(f"filters.person.in[{n}]={written.format(each)}" for n, each in enumerate(ids))


@pytest.mark.parametrize(("count", "relations"), [(2, {"first", "next"}), (400, {"next"}), (1000, {"next"})])
@pytest.mark.parametrize("written", [AS_HREFS, "{}"])
def test_a_long_list_of_references_is_carried_from_page_to_page(
    world: World, count: int, relations: set[str], written: str
) -> None:
    some = [student.person.id for student in world.students[:2]]
    question = many(count, written=written, own=some)
    answered = world.reader.get("students", f"page-size=1&{question}")

    assert answered.status == 200, answered.body
    assert set(links(answered)) == relations
    assert len(answered.header("Link") or "") < 14 * 1024
    assert [number for page in pages(world.reader, f"page-size=1&{question}") for number in page] == [
        student.id for student in world.students[:2]
    ]


def test_a_long_list_with_nothing_behind_it_has_one_link(world: World) -> None:
    assert set(links(world.reader.get("students", many(500)))) == {"first"}


def test_a_question_too_long_for_a_link_is_refused_before_anything_is_read(world: World) -> None:
    texts = "&".join(f"filters.person.legalLastName.in[{n}]={'a' * 40}" for n in range(400))
    answered = world.reader.get("students", texts)

    assert answered.status == 422
    assert "longer than 12000 characters in a link: ask in several calls" in answered.message
    with reading(school_id(world.site)):
        event = AccessEvent.objects.latest("id")
    assert (event.outcome, event.why, event.records) == ("refused", "unreadable: query", None)


@pytest.mark.parametrize(
    "path", ["/oakfield" + "/" * 900 + "rest-v2/students", "/oakfield/rest-v2/students" + "/" * 900]
)
def test_the_longest_link_header_is_one_that_every_client_reads(world: World, path: str) -> None:
    for length, relations in ((2_900, {"first", "prev", "next"}), (11_900, {"next"})):
        query = f"page-size=1&page-number=2&filters.studentNumber.before={'z' * length}"
        answered = call(path, query, headers={"Authorization": world.reader.basic})
        assert set(links(answered)) == relations
        assert len(answered.header("Link") or "") < 14 * 1024
    assert call(path + "/" * 200, headers={"Authorization": world.reader.basic}).status == 414


@pytest.mark.parametrize(
    "pairs",
    [
        (("filters.studentNumber.in[0]", "00001,00002"), ("filters.studentNumber.in[1]", "00003")),
        (("filters.studentNumber.in[7]", "00003"), ("filters.studentNumber.in", "00002,00001")),
        (("filters.studentNumber.in[0]", ""), ("filters.studentNumber.in[1]", "00001")),
        (("filters.tags.a[0][0]", "x"), ("filters.tags.a[0]", "x,y")),
        (("filters.person.gender.in[0]", "/rest-v2/genders/MALE"), ("filters.person.gender.in[1]", "FEMALE")),
    ],
)
def test_a_link_asks_what_was_asked(world: World, pairs: tuple[tuple[str, str], ...]) -> None:
    student = catalogue()["Student"]
    asked = read_listing(student, query_of(*pairs))
    again = read_listing(student, asked.carried)

    assert (again.ask, again.values, again.question) == (asked.ask, asked.values, asked.question)


@pytest.mark.parametrize(
    "path", ["/oakfield/rest-v2/students\r\nX: y", "/oakfield/rest-v2/students/\r\n", "/oakfield/rest-v2/<>"]
)
def test_nothing_breaks_out_of_the_path(world: World, path: str) -> None:
    answered = call(path, headers={"Authorization": world.reader.basic})

    assert answered.status == 404
    assert all("\n" not in value and "\r" not in value for _, value in answered.headers)


def next_cursor(client: Client, query: str) -> str:
    address = links(client.get("students", query))["next"]
    return dict(parse_qsl(urlsplit(address).query))["cursor"]


def test_a_cursor_is_good_for_its_own_question_alone(world: World) -> None:
    cursor = next_cursor(world.reader, "page-size=2")
    other_app = world.connect(add_app("Other reader"))

    assert world.reader.get("students", f"page-size=9&cursor={cursor}").status == 200
    for client, collection, query in (
        (world.reader, "students", "filters.studentNumber.from=0&"),
        (world.reader, "persons", ""),
        (other_app, "students", ""),
    ):
        assert client.get(collection, f"{query}page-size=2&cursor={cursor}").status == 422


def test_a_cursor_is_not_good_at_another_school(world: World) -> None:
    elmwood = add_school("elmwood")
    approve(ask(world.reader.app, elmwood), add_person(elmwood, "Head Of elmwood"))
    cursor = next_cursor(world.reader, "page-size=2")

    assert world.reader.at(elmwood).get("students", f"page-size=2&cursor={cursor}").status == 422


@pytest.mark.parametrize(
    "change", [lambda text: text[:-1], lambda text: "9" + text, lambda _: "", lambda text: "é" + text]
)
def test_a_cursor_that_was_touched_is_refused(world: World, change: Callable[[str], str]) -> None:
    cursor = quote(change(next_cursor(world.reader, "page-size=2")))
    assert world.reader.get("students", f"page-size=2&cursor={cursor}").status == 422


@pytest.mark.parametrize("beside", ["page-number=2", "page=2", "order-property=studentNumber"])
def test_a_cursor_stands_alone(world: World, beside: str) -> None:
    cursor = next_cursor(world.reader, "page-size=2")

    assert world.reader.get("students", f"page-size=2&cursor={cursor}&{beside}").status == 422


@pytest.mark.parametrize("size", ["-1", "abc", "1e3", "1001", "10001", "99999999999999", "٣", "1.5", " 1", "", "0x10"])
def test_sizes_that_cannot_be(world: World, size: str) -> None:
    for name in ("page-size", "page-number"):
        answered = world.reader.get("students", f"{name}={quote(size)}")
        assert answered.status == (200 if size == "1001" else 422)


def removable(world: World) -> list[Student]:
    """Every second pupil, but for those that other records point to."""
    with reading(school_id(world.site)):
        return list(Student.objects.order_by("id"))[3::2]


def test_a_page_of_no_records_is_none(world: World) -> None:
    answered = world.reader.get("students", "page-size=0")

    assert (answered.status, answered.message) == (422, "page-size: is a whole number from 1 to 10000")


def test_no_row_is_missed_or_doubled_while_others_come_and_go(world: World) -> None:
    going = removable(world)
    stay = set(all_ids(world.reader)) - {student.id for student in going}
    read: list[int] = []
    for page in pages(world.reader, "page-size=3"):
        read += page
        for student in (going.pop(0), going.pop()) if len(going) > 1 else ():
            remove(student)
        if len(read) < 20:
            add_student(world.site, f"new{len(read)}")

    assert len(set(read)) == len(read)
    assert stay <= set(read)
