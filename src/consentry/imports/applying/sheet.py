"""What an import says about one data type: which columns, and what a difference in them means."""

from dataclasses import dataclass

from consentry.records.catalogue import camel_case, name_of
from consentry.records.fields import Reference
from consentry.records.models.base import Record


@dataclass(frozen=True)
class Sheet:
    """The columns of a model that an import writes.

    `match` finds the record that is there already. A difference in `compared` is a change. `once` is written when a
    record is added and then left alone; `along` is written with a record that is added or changed, and is never a
    change by itself. With `keeps_unsaid`, nothing said (NULL) leaves what is there; without it, in `kept` alone: the
    columns that people of the school mend.
    """

    model: type[Record]
    compared: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    along: tuple[str, ...] = ()
    match: tuple[str, ...] = ("id",)
    keeps_unsaid: bool = False
    kept: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What is staged, in the order of a row."""
        return (*self.match, *self.compared, *self.once, *self.along)

    @property
    def table(self) -> str:
        """The table of the records."""
        return self.model._meta.db_table

    @property
    def staged(self) -> str:
        """The temporary table of what the file says; once compared, of what is new."""
        return f"staged_{self.model._meta.model_name}"

    @property
    def differing(self) -> str:
        """The temporary table of what the file says differently, with the names of the fields that differ."""
        return f"differing_{self.model._meta.model_name}"

    def keeps(self, column: str) -> bool:
        """Whether nothing said leaves what is there in this column."""
        return self.keeps_unsaid or column in self.kept

    @property
    def data_type(self) -> str:
        """The data type's name in the catalogue."""
        return name_of(self.model)

    def field_of(self, column: str) -> str:
        """The catalogue's name of the field in this column."""
        fields = self.model._meta.fields
        references = {f"{field.name}_id": field.name for field in fields if isinstance(field, Reference)}
        return camel_case(references.get(column, column))
