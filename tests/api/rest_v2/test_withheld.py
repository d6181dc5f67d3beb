"""What was left out of a listing is named in a header, which no client finds too long."""

from consentry.api.rest_v2.application import LONGEST_WITHHELD
from consentry.partners.actions.publish_version import AskedRow
from consentry.records.catalogue import catalogue
from tests.api.rest_v2.conftest import World
from tests.world import READ, add_app


def test_what_is_withheld_is_named(world: World) -> None:
    told = world.narrow.get("persons").header("Consentry-Withheld") or ""

    names = set(catalogue()["Person"].fields) - {"legalFirstName", "gender"}
    assert set(told.split(", ")) == names


def test_a_long_list_of_what_is_withheld_ends_in_how_many_more(world: World) -> None:
    references = {
        each.name: [field.name for field in each.fields.values() if field.target in catalogue().data_types]
        for each in catalogue()
    }
    rows = [AskedRow(name, fields, READ) for name, fields in references.items()]
    client = world.connect(add_app("References only", rows=rows))
    first = references["RegistrationFormMembership"]
    deeper = [f"{name}.{inner}" for name in first for inner in _references_of("RegistrationFormMembership", name)]
    answered = client.get("registration-form-memberships", f"page-size=1&expand={','.join((first + deeper)[:20])}")

    told = answered.header("Consentry-Withheld") or ""
    *names, more = told.split(", ")
    assert len(told) <= LONGEST_WITHHELD + 20
    assert more.startswith("and ")
    assert more.endswith(" more")
    assert len(names) > 20
    assert int(more.split(" ")[1]) > 0
    assert len(set(names)) == len(names)


def _references_of(data_type: str, name: str) -> list[str]:
    target = catalogue()[data_type].fields[name].target or ""
    return [field.name for field in catalogue()[target].fields.values() if field.target in catalogue().data_types]
