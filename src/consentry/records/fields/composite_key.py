"""A foreign key over several columns, held by the database: a row of another school cannot be referenced."""

from typing import Any

from django.db import models
from django.db.backends.ddl_references import Statement, Table


class CompositeForeignKey(models.constraints.BaseConstraint):
    """`FOREIGN KEY (columns) REFERENCES target (target_columns)`, checked at each statement; a batch may defer it.

    `to` is a model label such as "records.Person"; `columns` and `to_columns` are column names, in the same order.
    """

    def __init__(self, *, name: str, columns: tuple[str, ...], to: str, to_columns: tuple[str, ...]) -> None:
        super().__init__(name=name)
        self.columns = tuple(columns)
        self.to = to
        self.to_columns = tuple(to_columns)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """Nothing inside CREATE TABLE, because the target may not exist yet: the key is added behind it."""
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statement that adds the key. Django runs it at once, or last of all for a table that is being made."""
        quote = schema_editor.quote_name
        return Statement(
            "ALTER TABLE %(table)s ADD CONSTRAINT %(name)s FOREIGN KEY (%(columns)s) "
            "REFERENCES %(target)s (%(to_columns)s) DEFERRABLE INITIALLY IMMEDIATE",
            table=Table(model._meta.db_table, quote),
            name=quote(self.name),
            columns=", ".join(map(quote, self.columns)),
            target=Table(self.to.lower().replace(".", "_"), quote),
            to_columns=", ".join(map(quote, self.to_columns)),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """Drop the key."""
        quote = schema_editor.quote_name
        return f"ALTER TABLE {quote(model._meta.db_table)} DROP CONSTRAINT {quote(self.name)}"

    def validate(self, *args: Any, **options: Any) -> None:
        """Nothing in Python: the database decides."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CompositeForeignKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.columns, self.to, self.to_columns))

    def deconstruct(self) -> Any:
        """What a migration needs to make it again."""
        path, args, options = super().deconstruct()
        return path, args, {**options, "columns": self.columns, "to": self.to, "to_columns": self.to_columns}
