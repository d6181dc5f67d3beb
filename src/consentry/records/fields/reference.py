"""A reference to one record of the same school, over `(school_id, …_id)`."""

from typing import Any

from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor

from consentry.records.fields.composite_key import CompositeForeignKey
from consentry.records.fields.constraints import add_constraint, add_index, short_name

_OWN = ("from_fields", "to_fields", "related_name")


class _Descriptor(ForwardManyToOneDescriptor):  # type: ignore[type-arg]  # not generic when it runs
    """Reads the related record; assigning one writes its id alone, never the school."""

    def __set__(self, instance: Any, value: Any) -> None:
        if value is not None and instance.school_id not in {None, value.school_id}:
            message = f"{self.field.name} must be a record of the same school"
            raise ValueError(message)
        setattr(instance, f"{self.field.name}_id", None if value is None else value.id)
        self.field.set_cached_value(instance, value)


class Reference(models.ForeignObject):  # type: ignore[type-arg]  # not generic when it runs
    """One record of another type (or the same) at the same school.

    Makes the column `{name}_id`, an index `(school_id, {name}_id)` unless `index=False`, and a composite foreign key in
    the database, so that a row of another school cannot be referenced even by hand-written SQL.
    """

    forward_related_accessor_class = _Descriptor

    def __init__(
        self, to: Any, *, null: bool = False, index: bool = True, is_state: bool = False, **options: Any
    ) -> None:
        self.indexed = index
        self.is_state = is_state
        for key in _OWN:
            options.pop(key, None)
        options.setdefault("on_delete", models.PROTECT)
        own: dict[str, Any] = {
            "from_fields": ["school", "__later__"],
            "to_fields": ["school", "id"],
            "related_name": "+",
        }
        super().__init__(to, null=null, **own, **options)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any, **options: Any) -> None:
        """Called by Django's model metaclass; gives the model the column, the key and the index as well."""
        self.from_fields = ["school", f"{name}_id"]
        super().contribute_to_class(cls, name, *args, **options)
        if self.is_state or cls._meta.abstract:
            return
        models.BigIntegerField(null=self.null, editable=False).contribute_to_class(cls, f"{name}_id")
        table = cls._meta.model_name
        columns = ("school_id", f"{name}_id")
        key = CompositeForeignKey(
            name=f"{table}_{name}_fk", columns=columns, to=self._label(cls), to_columns=("school_id", "id")
        )
        add_constraint(cls, key)
        if self.indexed:
            add_index(cls, models.Index(fields=["school", f"{name}_id"], name=short_name(f"{table}_{name}")))

    def _label(self, cls: type[models.Model]) -> str:
        to = self.remote_field.model
        if not isinstance(to, str):
            return str(to._meta.label)
        if to == "self":
            return f"{cls._meta.app_label}.{cls.__name__}"
        return to if "." in to else f"{cls._meta.app_label}.{to}"

    def deconstruct(self) -> Any:
        """The state in a migration holds the column and the key as entries of their own, so it makes none."""
        name, _path, args, options = super().deconstruct()
        for key in _OWN:
            options.pop(key, None)
        return name, "consentry.records.fields.Reference", args, {**options, "index": self.indexed, "is_state": True}
