"""Every field that the apps of the field know is here under its name, or is listed as left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from consentry.records.catalogue import camel_case, model_of, name_of, record_models
from consentry.records.fields import AnyReference, Reference
from consentry.records.models.base import Record
from consentry.records.models.left_out import LEFT_OUT
from tests.records.models.known_fields import FIELDS

_KNOWN = re.compile(r"(\w+)(?:→(\*|\[?\w+\]?))?(?: \((d|b|n)\))?")
_OF_EVERY_RECORD = {"pk", "school", "id", "revision_id", "source_key"}
_KINDS: dict[str | None, tuple[type[models.Field[object, object]], ...]] = {
    "b": (models.BooleanField,),
    "n": (models.IntegerField, models.DecimalField),
    None: (models.TextField,),
}


def known(data_type: str) -> dict[str, tuple[str | None, str | None]]:
    """Field → (what it refers to, mark), in order."""
    found = [_KNOWN.fullmatch(part) for part in " ".join(FIELDS[data_type].split()).split(", ")]
    return {match[1]: (match[2], match[3]) for match in found if match}


def attributes(model: type[Record]) -> Iterator[tuple[int, str, object]]:
    """(place, name, field) of the model's own fields, without the raw columns of its references."""
    references = [(name, value) for name, value in vars(model).items() if isinstance(value, AnyReference)]
    raw = {f"{name}_{part}" for name, _ in references for part in ("type", "id")}
    raw |= {f"{field.name}_id" for field in model._meta.get_fields() if isinstance(field, Reference)}
    for field in model._meta.get_fields():
        if field.name not in raw | _OF_EVERY_RECORD:
            assert isinstance(field, models.Field)
            yield field.creation_counter, field.name, field
    yield from ((reference.creation_counter, name, reference) for name, reference in references)


def shown(data_type: str) -> list[str]:
    model = model_of(data_type)
    own = [camel_case(name) for _, name, _ in sorted(attributes(model), key=lambda each: each[0])]
    return [*own, *model.data_type.collections]  # type: ignore[attr-defined]


def test_the_data_types_are_those_that_apps_know() -> None:
    assert {name_of(model) for model in record_models()} == FIELDS.keys()


@pytest.mark.parametrize("data_type", FIELDS)
def test_every_known_field_is_here_in_its_order_or_left_out(data_type: str) -> None:
    left_out = LEFT_OUT.get(data_type, ())

    assert set(left_out) <= known(data_type).keys()
    assert shown(data_type) == [name for name in known(data_type) if name not in left_out]


@pytest.mark.parametrize("data_type", FIELDS)
def test_every_field_is_of_the_kind_that_apps_know(data_type: str) -> None:
    fields = {camel_case(name): field for _, name, field in attributes(model_of(data_type))}
    for name, (target, mark) in known(data_type).items():
        field = fields.get(name)
        if field is None:
            continue
        if target == "*":
            assert isinstance(field, AnyReference), name
        elif target:
            assert isinstance(field, Reference)
            assert name_of(field.related_model) == target, name  # type: ignore[arg-type]
        elif mark == "d":
            assert type(field) is (models.DateTimeField if name.endswith("Datetime") else models.DateField), name
        else:
            assert isinstance(field, _KINDS[mark]), name


def test_what_is_left_out_refers_to_data_types_that_are_not_here() -> None:
    for data_type, names in LEFT_OUT.items():
        for name in names:
            target = known(data_type)[name][0]
            assert target is not None
            assert target.strip("[]") not in FIELDS, (data_type, name)


def test_collections_list_records_that_point_back() -> None:
    for model in record_models():
        for collection in model.data_type.collections.values():  # type: ignore[attr-defined]
            back = model_of(collection.data_type)._meta.get_field(collection.by)
            assert back.related_model is model


def test_names_shown_for_records_are_made_of_texts_that_exist() -> None:
    for model in record_models():
        for part in model.data_type.display:  # type: ignore[attr-defined]
            for path in part.split("|"):
                assert isinstance(_end(model, path), models.TextField), (model, path)


def _end(model: type[models.Model], path: str) -> object:
    *references, last = path.split(".")
    for reference in references:
        field = next(each for each in model._meta.get_fields() if camel_case(each.name) == reference)
        assert isinstance(field.related_model, type)
        model = field.related_model
    return next(each for each in model._meta.get_fields() if camel_case(each.name) == last)


def test_special_categories_are_marked() -> None:
    health = {"bloodGroup"}
    origin = {"religion", "ethnicity"}
    special = {
        name_of(model): set(model.data_type.special)  # type: ignore[attr-defined]
        for model in record_models()
        if model.data_type.special  # type: ignore[attr-defined]
    }

    assert special == {
        "Person": {"genderIdentityPreferredTerm"},
        "Student": health | origin | {"ethnicitySource", "pregnancyLength", "birthDelivery", "nhsNumber"},
        "Staff": health | origin,
        "Guardian": health | origin,
        "SenStatusAssignment": {"*"},
        "MedicalCondition": {"*"},
        "AttendanceRollCallRecord": {"attendanceMark"},
    }


def test_no_model_of_records_holds_a_secret() -> None:
    words = re.compile(r"password|secret|token|hash")
    for model in apps.get_app_config("records").get_models():
        assert not [field.name for field in model._meta.get_fields() if words.search(field.name)]
