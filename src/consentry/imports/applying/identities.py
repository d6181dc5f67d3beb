"""Which record a key of a file means: one the school has, or a new one with the next number."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import QuerySet

from consentry.records.models.base import Record
from consentry.rules.identity import SchoolId

NUMBERS_AT_ONCE = 500


def new_ids() -> Iterator[int]:
    """Numbers of records that nobody else gets."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("select nextval('record_id') from generate_series(1, %s)", [NUMBERS_AT_ONCE])
            yield from (number for (number,) in cursor.fetchall())


class Identities:
    """The ids of one data type at a school by the text in `column`."""

    def __init__(self, school: SchoolId, model: type[Record], column: str, fresh: Iterator[int]) -> None:
        rows: QuerySet[Record] = QuerySet(model).filter(school_id=school).exclude(**{column: None})
        self.known: dict[str, int] = dict(rows.values_list(column, "id"))
        self.new: set[str] = set()
        self._fresh = fresh

    def of(self, key: str) -> int:
        """The id of the record with this key; a new one for a key not met before, and the same again after that."""
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = next(self._fresh)
            self.new.add(key)
        return found
