"""Bad input: whatever comes in, the answer is one of the documented ones, never a fault."""

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consentry.connections.reading import plans
from consentry.connections.reading.line import MOST_PREPARED, line
from consentry.records.catalogue import catalogue
from tests.api.calls import Answered, call, query_of
from tests.api.rest_v2.conftest import World

EXPECTED = {200, 400, 401, 403, 404, 405, 414, 422, 429}


def check_documented(answered: Answered) -> None:
    assert answered.status in EXPECTED, (answered.status, answered.body)
    if "xml" not in (answered.header("Content-Type") or ""):
        assert answered.json
    for _, value in answered.headers:
        assert "\n" not in value
        assert "\r" not in value
        value.encode("latin-1")


def test_a_filter_with_ten_thousand_values(world: World) -> None:
    pairs = [(f"filters.studentNumber.in[{n}]", str(n)) for n in range(10_000)]

    assert world.reader.get("students", query_of(*pairs)).status == 414
    assert world.reader.get("students", "filters.studentNumber.in=" + ",".join("x" * 10_000)).status == 422
    assert world.reader.get("students", "filters.id.in=" + ",".join(map(str, range(1000)))).status == 200
    assert world.reader.get("students", "filters.id.in=" + ",".join(map(str, range(1001)))).status == 422


def test_ten_megabytes_of_parameters(world: World) -> None:
    for query in ("x=" + "y" * 10_000_000, "a&" * 5_000_000, "%41" * 3_000_000, "filters.id.in=" + "1," * 5_000_000):
        assert world.reader.get("students", query).status == 414


def test_many_parameters_conditions_and_names(world: World) -> None:
    conditions = "&".join(f"filters.tags.t{n}=1" for n in range(21))

    assert world.reader.get("students", conditions).status == 422
    assert world.reader.get("students", "&".join(f"p{n}=1" for n in range(2000))).status == 422
    assert world.reader.get("students", "&" * 60_000).status == 422
    assert world.reader.get("students", "fields=" + ",".join(f"f{n}" for n in range(300))).status == 422
    assert world.reader.get("students", "expand=" + ",".join(f"f{n}" for n in range(21))).status == 422


@pytest.mark.parametrize(
    "query", ["fields={}", "expand={}", "expand=person.{}", "order-property={}", "filters.{}.equals=1"]
)
def test_callers_do_not_choose_how_large_a_plan_is(world: World, query: str) -> None:
    before = len(plans._plans)
    answered = world.reader.get("students", query.format("x" * 50_000))

    assert answered.status == 422
    assert len(answered.body) < 1000
    assert len(plans._plans) == before


@pytest.mark.parametrize("depth", [2, 4, 5, 6, 100, 9_000])
def test_deep_paths(world: World, depth: int) -> None:
    for query in (
        "expand=" + ".".join(["person"] * depth),
        "filters." + "person." * depth + "id.equals=1",
        "order-property=" + "person." * depth + "id",
    ):
        assert world.reader.get("students", query).status == 422


def test_a_path_of_references_that_goes_round_is_bounded(world: World) -> None:
    around = "expand=promotedToRegistrationForm" + ".promotedToRegistrationForm" * 3

    assert world.reader.get("registration-forms", around).status == 200
    assert world.reader.get("registration-forms", around + ".promotedToRegistrationForm").status == 422


@pytest.mark.parametrize(
    "query",
    [
        "filters.studentNumber.equals=%00", "%00=1", "fields=%00", "x=\0", "filters.studentNumber.equals=a%00b",
        "filters.studentNumber.equals=%2500",
    ],
)  # fmt: skip
def test_nul(world: World, query: str) -> None:
    assert world.reader.get("students", query).status == (200 if "%2500" in query else 400)


def test_nul_in_the_path(world: World) -> None:
    assert world.reader.get("students/1\0").status == 400


@pytest.mark.parametrize(
    "written", ["%ED%A0%80", "%ED%BF%BF", "%FF", "%C0%80", "%E2%28%A1", "%F8%88%80%80%80", "%80", "%F0%9F%98"]
)
def test_text_that_is_not_utf8(world: World, written: str) -> None:
    for query in (f"filters.studentNumber.equals={written}", f"{written}=1", f"fields={written}", f"x={written}"):
        assert world.reader.get("students", query).status == 422


def test_a_path_that_is_not_utf8(world: World) -> None:
    for bytes_ in (b"\xff", b"\xed\xa0\x80", b"\xc0\x80"):
        environ_path = f"/oakfield/rest-v2/students/{bytes_.decode('latin-1')}"
        answered = call(environ_path.encode("latin-1").decode("latin-1"), headers={"Authorization": world.reader.basic})
        assert answered.status in {400, 404}


@pytest.mark.parametrize(
    "query", ["%", "%zz=%", "a=%2", "filters.studentNumber.equals=%G1", "=", "&&&=&", "filters", "filters.", "?"]
)
def test_percent_encoding_that_is_none(world: World, query: str) -> None:
    check_documented(world.reader.get("students", query))


@pytest.mark.parametrize(
    "number",
    [
        "9" * 400, "-" + "9" * 400, "1e999999999", "-1e999999999", "1e-999999999", "NaN", "sNaN", "Infinity", "-0", "٣",
        "1_0", "0x10", "1e30", "1E+29", "9223372036854775808", " 1 ", "+1", ".", "1.", "½",
    ],
)  # fmt: skip
def test_numbers_of_every_kind(world: World, number: str) -> None:
    for field, operator in (
        ("uniqueLearnerNumber", "equals"), ("uniqueLearnerNumber", "in"), ("id", "equals"), ("revisionId", "from"),
        ("tLevelPlannedEepHours", "before"),
    ):  # fmt: skip
        assert world.reader.get("students", query_of((f"filters.{field}.{operator}", number))).status in {200, 422}
    assert world.reader.get("postal-addresses", query_of(("filters.lat.from", number))).status in {200, 422}
    assert world.reader.get(f"students/{number}").status == 404


@pytest.mark.parametrize(
    "moment",
    [
        "0000-01-01", "0001-01-01", "9999-12-31 23:59:59.999999", "10000-01-01", "2026-02-30", "2026-W01-1", "20260101",
        "2026-01-01T00:00:00+23:59", "2026-01-01T00:00:00-23:59:59", "0001-01-01T00:00:00+14:00", "now", "infinity",
        "9999-12-31T23:59:59-14:00", "2026-01-01T24:00", "٢٠٢٦-01-01", "", "2026-01-01 00:00:00 BC", "epoch",
        "2026-07-01Z",
    ],
)  # fmt: skip
def test_moments_of_every_kind(world: World, moment: str) -> None:
    for below, field in (("uk-dfe_upn-assignments", "startDatetime"), ("persons", "dateOfBirth")):
        for operator in ("equals", "from", "before", "in"):
            assert world.reader.get(below, query_of((f"filters.{field}.{operator}", moment))).status in {200, 422}


@pytest.mark.parametrize(
    "text", ["{", "}", '"', "\\", ",", "NULL", "null", "'", "{}", '{"a"}', "é", "😀", "\u202e", "%", "_"]
)
def test_lists_of_awkward_texts(world: World, text: str) -> None:
    pairs = [(f"filters.person.legalLastName.in[{n}]", value) for n, value in enumerate([text, "Ng", text])]

    assert [row["studentNumber"] for row in world.reader.rows("students", query_of(*pairs))] == ["00001"]


def test_a_parameter_that_stands_twice(world: World) -> None:
    for name in ("fields", "page-size", "filters.studentNumber.equals", "cursor", "x", "filters.studentNumber.in[0]"):
        answered = world.reader.get("students", f"{name}=1&{name}=2")
        assert answered.status == 422
        assert "twice" in answered.message


def test_a_body_with_a_get_is_not_looked_at(world: World) -> None:
    headers = {"Authorization": world.reader.basic, "CONTENT_TYPE": "application/json"}

    assert call("/oakfield/rest-v2/students", headers=headers, body=b'{"not json').status == 200


def test_more_shapes_than_are_kept_prepared(world: World) -> None:
    fields = [name for name in catalogue()["Student"].fields if name != "userTags"]
    shapes = [f"fields={one},{other}" for one in fields[:21] for other in fields[:21] if one < other]
    assert len(shapes) > MOST_PREPARED
    for _ in range(2):
        for shape in shapes:
            assert world.reader.get("students", shape).status == 200

    assert len(line().names) <= MOST_PREPARED
    assert prepared_in_the_server() <= MOST_PREPARED


def test_the_plans_that_are_kept_are_bounded(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "MOST_PLANS", 5)
    plans._plans.clear()
    for number in range(12):
        assert world.reader.get("students", f"filters.nothing{number}.equals=1").status == 422
    assert not plans._plans, "refused shapes are the caller's own words: none is kept"
    for name in list(catalogue()["Student"].fields)[:12]:
        assert world.reader.get("students", f"fields={name}").status == 200
    assert len(plans._plans) == 5


def prepared_in_the_server() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_prepared_statements")
        (number,) = cursor.fetchone()
    return int(number)


NAMES = st.sampled_from(
    [
        "filters", "person", "legalLastName", "studentNumber", "tags", "self", "tagged", "equals", "in", "like",
        "search", "from", "id", "userTags", "ethnicity", "emailAddressOwner", "tutors", "", "in[0]", "in[]", "[0]", "x",
    ]
)  # fmt: skip
PARAMETERS = st.lists(NAMES, min_size=1, max_size=5).map(".".join) | st.sampled_from(
    ["fields", "expand", "page-size", "page-number", "page", "cursor", "order-property", "order-direction", "format"]
)
VALUES = (
    st.text(max_size=20)
    | NAMES
    | st.lists(NAMES, max_size=3).map(",".join)
    | st.integers().map(str)
    | st.datetimes().map(str)
)
COLLECTIONS = st.sampled_from([data_type.collection for data_type in catalogue()])


@given(COLLECTIONS, st.lists(st.tuples(PARAMETERS, VALUES), max_size=4))
@settings(max_examples=400)
def test_any_question_gets_a_documented_answer(world: World, collection: str, pairs: list[tuple[str, str]]) -> None:
    query = "&".join(f"{quote(name)}={quote(value.encode('utf-8', 'surrogatepass'))}" for name, value in pairs)

    check_documented(world.reader.get(collection, query))


@given(
    st.text(alphabet=st.characters(max_codepoint=255), max_size=30),
    st.text(alphabet=st.characters(max_codepoint=255), max_size=60),
)
@settings(max_examples=200)
def test_any_path_and_any_query_get_a_documented_answer(world: World, path: str, query: str) -> None:
    check_documented(world.reader.get(path, query))
    check_documented(world.reader.get(f"students/{path}", f"fields={query}"))


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_any_text_can_be_looked_for(world: World, text: str) -> None:
    for operator in ("equals", "search", "like", "in", "from"):
        written = quote(text.encode("utf-8", "surrogatepass"))
        answered = world.reader.get("persons", f"filters.legalLastName.{operator}={written}")
        check_documented(answered)


MEMBERS = "registrationForm.studentMemberships"


def test_a_path_opens_up_one_list_at_most(world: World) -> None:
    answered = world.reader.get("registration-form-memberships", f"expand={MEMBERS}.{MEMBERS}")

    assert answered.status == 422
    assert "one list at most" in answered.message


def test_a_listing_that_opens_up_lists_has_short_pages(world: World) -> None:
    for collection, path in (("registration-form-memberships", MEMBERS), ("registration-forms", "tutors")):
        assert world.reader.get(collection, f"expand={path}&page-size=100").status == 200
        answered = world.reader.get(collection, f"expand={path}&page-size=101")
        assert (answered.status, "100 at most" in answered.message) == (422, True)
