"""The JSON that the database puts together by hand equals the record, whatever the record holds."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import etree

from consentry.audit.reading import reading
from consentry.records.catalogue import catalogue, declared, model_of, record_models
from consentry.records.compiling.lookups import attribute
from consentry.records.models import UserTag
from consentry.records.models.base import Record
from consentry.rules.catalogue import DataType, Field, Kind
from consentry.schools.models import Site
from consentry.schools.queries import school_id
from tests.api.calls import Client, client_of
from tests.api.rest_v2.awkward_records import AWKWARD, fill
from tests.api.rest_v2.conftest import everything
from tests.world import add_app, add_person, add_school, approve, ask

LONDON = ZoneInfo("Europe/London")
Made = tuple[Client, dict[str, tuple[Record, Record]]]


@pytest.fixture(scope="module")
def made(module_database: str) -> Made:
    """A reader of everything, and the two records of every data type by its name."""
    site = add_school()
    app = add_app(rows=everything())
    approve(ask(app, site), add_person(site))
    records = fill(site)
    by_name = {data_type.name: records[model_of(data_type.name)] for data_type in catalogue()}
    return client_of(app, site), by_name


def document_of(record: Record, data_type: DataType, site: Site) -> dict[str, Any]:
    """What the protocol says this record looks like, worked out in Python."""
    document: dict[str, Any] = {
        "entityType": data_type.name,
        "href": href_of(record, data_type),
        "id": record.id,
    }
    if data_type.display:
        document["displayName"] = display_name(record, data_type)
    for field in data_type.fields.values():
        document[field.name] = value_of(record, data_type, field, site)
    return document


def href_of(record: Record, data_type: DataType) -> str:
    address = (
        getattr(record, attribute(data_type.name, data_type.addressed_by))
        if data_type.addressed_by != "id"
        else record.id
    )
    return f"/rest-v2/{data_type.collection}/{str(address).replace(' ', '_')}"


def display_name(record: Record, data_type: DataType) -> str:
    parts = []
    for alternatives in data_type.display:
        values = [_follow(record, data_type, path) for path in alternatives]
        parts.append(next((str(value) for value in values if value not in {None, ""}), None))
    return " ".join(part for part in parts if part is not None)


def _follow(record: Record | None, data_type: DataType, path: tuple[str, ...]) -> Any:
    for name in path:
        if record is None:
            return None
        record, field = getattr(record, attribute(data_type.name, name)), data_type.fields[name]
        data_type = catalogue().get(field.target) or data_type
    return record


def value_of(record: Record, data_type: DataType, field: Field, site: Site) -> Any:
    if field.kind is Kind.TAGS:
        tags = UserTag.objects.filter(school=site, entity_type=data_type.name, record_id=record.id)
        return {tag.name: tag.value for tag in tags} or []
    if field.kind is Kind.COLLECTION:
        return members_of(record, data_type, field)
    value = getattr(record, attribute(data_type.name, field.name))
    return None if value in {None, (None, None)} else value_there(field, value)


def value_there(field: Field, value: Any) -> Any:
    if field.kind is Kind.ANY_REFERENCE:
        name, number = value
        return {"entityType": name, "href": f"/rest-v2/{catalogue()[name].collection}/{number}"}
    if field.kind is Kind.REFERENCE:
        return stub(value, catalogue()[field.target or ""])
    if field.kind in {Kind.DATE, Kind.DATE_TIME}:
        return {"entityType": "date", "date": moment_of(value)}
    return float(value) if field.kind is Kind.NUMBER and not isinstance(value, int) else value


def moment_of(value: date) -> str:
    if isinstance(value, datetime):
        return value.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S")
    return f"{value.isoformat()} 00:00:00"


def members_of(record: Record, data_type: DataType, field: Field) -> list[dict[str, str]]:
    collection = declared(model_of(data_type.name)).collections[field.name]
    found = model_of(collection.data_type)._base_manager.filter(**{f"{collection.by}_id": record.id}).order_by("id")
    return [stub(member, catalogue()[collection.data_type]) for member in found]


def stub(record: Record, data_type: DataType) -> dict[str, str]:
    return {"entityType": data_type.name, "href": href_of(record, data_type)}


@pytest.mark.parametrize("name", [data_type.name for data_type in catalogue()])
def test_the_json_equals_the_record(made: Made, name: str) -> None:
    client, records = made
    data_type = catalogue()[name]
    (root,) = client.get(data_type.collection, "page-size=10000").json.values()
    by_id = {row["id"]: row for row in root}

    for record in records[name]:
        with reading(school_id(client.site)):
            expected = document_of(record, data_type, client.site)
        assert by_id[record.id] == expected
        assert list(by_id[record.id]) == list(expected)


def test_every_data_type_has_been_tried_with_awkward_texts(made: Made) -> None:
    client, records = made

    assert len(records) == len(record_models()) == len(list(catalogue()))
    assert AWKWARD in client.get("persons").json["persons"][0]["legalFirstName"]


@pytest.mark.parametrize(
    "name", [each.name for each in catalogue() if any(field.target for field in each.fields.values())]
)
def test_everything_opened_up_is_json_too(made: Made, name: str) -> None:
    client, records = made
    data_type = catalogue()[name]
    opened = [field.name for field in data_type.fields.values() if field.target]
    deeper = [
        f"{field.name}.{inner.name}"
        for field in data_type.fields.values()
        for inner in (catalogue()[field.target].fields.values() if field.target else ())
        if inner.target and Kind.COLLECTION not in {field.kind, inner.kind}
    ]
    size = 100 if any(field.kind is Kind.COLLECTION for field in data_type.fields.values()) else 1000
    answered = client.get(data_type.collection, f"page-size={size}&expand={','.join((opened + deeper)[:12])}")

    (rows,) = answered.json.values()
    assert {record.id for record in records[name]} <= {row["id"] for row in rows}


@pytest.mark.parametrize("name", [data_type.name for data_type in catalogue()])
def test_the_xml_can_be_read(made: Made, name: str) -> None:
    client, _ = made
    answered = client.get(catalogue()[name].collection, "format=xml")

    assert answered.status == 200
    listing = etree.fromstring(answered.body)[0]
    assert [listing.tag] == list(client.get(catalogue()[name].collection).json)
    assert {element.findtext("entityType") for element in listing} == {name}
