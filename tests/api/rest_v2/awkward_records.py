"""For every data type two records: one with the most awkward values its fields can hold, one with nothing optional."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import models

from consentry.records.catalogue import record_models
from consentry.records.fields import AnyReference, Reference
from consentry.records.models import Person, UserTag
from consentry.records.models.base import Record
from consentry.schools.models import Site
from tests.world_records import writing

AWKWARD = (
    'a "quoted" \\back\\slash\\ /slash/ \b\f\n\r\t\x01\x1f\x7f \x80\x9f é 😀 \u2028\u2029 \ufeff\ufffe\uffff '
    "%s %% %(x)s {} {0} {{ $1 :x ' '' -- /* </script> \\u0041 \\ \" 𝔘"
)
AWKWARD_CODE = re.sub(r"[/?#%\\\x00-\x1f\x7f]|[\x80-\x9f\u2028\u2029]", "", AWKWARD)
DAY = date(2012, 2, 29)
MOMENT = datetime(2026, 7, 1, 11, 30, 15, 999999, tzinfo=UTC)
_HIGHEST = {models.SmallIntegerField: 2**15 - 1, models.BigIntegerField: 2**63 - 1, models.IntegerField: 2**31 - 1}


class Making:
    """Makes the records of one site, each with the records that it points to."""

    def __init__(self, site: Site, every: dict[str, Any]) -> None:
        self.site = site
        self.every = every
        self.full: dict[type[Record], Record] = {}
        self.under_way: set[type[Record]] = set()
        self.numbers = count(1)

    def record(self, model: type[Record], *, is_full: bool) -> Record:
        """One record of this model: full of awkward values, or with nothing that may be left out."""
        values = dict(self.every)
        for column in model._meta.get_fields():
            if isinstance(column, Reference) and (is_full or not column.null):
                values |= self._pointing(column, is_full=is_full)
            elif isinstance(column, models.Field) and self._is_wanted(column, is_full=is_full):
                values[column.name] = self._value(column)
        for name, reference in vars(model).items():
            if isinstance(reference, AnyReference) and (is_full or not reference.null):
                person = self.target(Person, is_full=is_full)
                values |= {f"{name}_type": "Person", f"{name}_id": person.id}
        return model._base_manager.create(**values)

    def _is_wanted(self, column: Any, *, is_full: bool) -> bool:
        if column.name in {"pk", "id", "school", "revision_id", "source_key"} or column.has_default():
            return False
        return column.editable and (is_full or not column.null)

    def _value(self, column: Any) -> Any:
        if isinstance(column, models.IntegerField):
            return next(top for kind, top in _HIGHEST.items() if isinstance(column, kind))
        if column.name == "code":
            return f"{next(self.numbers)} {AWKWARD_CODE}"
        plain: dict[type[Any], Any] = {
            models.DecimalField: Decimal("-89.400000"),
            models.DateTimeField: MOMENT,
            models.DateField: DAY,
            models.BooleanField: True,
            models.TextField: f"{next(self.numbers)} {AWKWARD}",
        }
        return next(value for kind, value in plain.items() if isinstance(column, kind))

    def _pointing(self, column: Any, *, is_full: bool) -> dict[str, int]:
        """The column behind a reference; empty where following it would lead round in a circle."""
        if column.null and column.related_model in self.under_way:
            return {}
        return {f"{column.name}_id": self.target(column.related_model, is_full=is_full).id}

    def target(self, model: type[Record], *, is_full: bool) -> Record:
        """A record to point to: of full ones, one of each model is shared; bare ones are made anew."""
        if not is_full:
            return self.record(model, is_full=False)
        if model not in self.full:
            self.under_way.add(model)
            self.full[model] = self.record(model, is_full=True)
            self.under_way.discard(model)
        return self.full[model]

    def tag(self, record: Record, data_type: str) -> None:
        """Give the record a user tag with an awkward name and value."""
        UserTag.objects.create(
            school=self.site, entity_type=data_type, record_id=record.id, name=AWKWARD[:100], value=AWKWARD
        )


def fill(site: Site) -> dict[type[Record], tuple[Record, Record]]:
    """The two records of every data type: (full, with nothing optional), as the database then has them."""
    with writing(site) as every:
        making = Making(site, every)
        made = {
            model: (making.target(model, is_full=True), making.record(model, is_full=False))
            for model in record_models()
        }
        for model, (full, _) in made.items():
            making.tag(full, getattr(getattr(model, "data_type", None), "name", "") or model.__name__)
        return {model: (_again(full), _again(bare)) for model, (full, bare) in made.items()}


def _again(record: Record) -> Record:
    return type(record)._base_manager.get(pk=record.pk)
