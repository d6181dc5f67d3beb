"""A reference to a record of any type at the same school: two columns and the register."""

from typing import Any

from django.db import models
from django.db.models import Q

from consentry.records.fields.composite_key import CompositeForeignKey
from consentry.records.fields.constraints import add_constraint, add_index, short_name


class AnyReference:
    """Makes the columns `{name}_type` (a data type's name) and `{name}_id`, and a key into the register of records."""

    def __init__(self, *, null: bool = False, verbose_name: str | None = None) -> None:
        self.null = null
        self.verbose_name = verbose_name
        self.name = ""
        # Django numbers fields as they are written, so that the catalogue can show this one in its place among them.
        self.creation_counter = models.Field.creation_counter
        models.Field.creation_counter += 1

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Called by Django's model metaclass for every attribute that has it."""
        self.name = name
        setattr(cls, name, self)
        kind, number = f"{name}_type", f"{name}_id"
        models.TextField(null=self.null, editable=False).contribute_to_class(cls, kind)
        models.BigIntegerField(null=self.null, editable=False).contribute_to_class(cls, number)
        table = str(cls._meta.model_name)
        key = CompositeForeignKey(
            name=f"{table}_{name}_fk",
            columns=("school_id", kind, number),
            to="records.RegisterEntry",
            to_columns=("school_id", "entity_type", "record_id"),
        )
        add_constraint(cls, key)
        add_index(cls, models.Index(fields=["school", number, kind], name=short_name(f"{table}_{name}")))
        if self.null:  # a key is not checked while one of its columns is empty
            whole = Q(**{f"{kind}__isnull": True, f"{number}__isnull": True})
            whole |= Q(**{f"{kind}__isnull": False, f"{number}__isnull": False})
            add_constraint(cls, models.CheckConstraint(condition=whole, name=f"{table}_{name}_whole"))

    def __get__(self, instance: Any, owner: Any) -> Any:
        """The reference itself on the class; (data type, id) on a record."""
        if instance is None:
            return self
        return getattr(instance, f"{self.name}_type"), getattr(instance, f"{self.name}_id")
