"""What a call wants to read, whichever surface it came through."""

from dataclasses import dataclass
from enum import Enum

from consentry.rules.catalogue import Path


class Operator(Enum):
    """How a filter compares a field with a value."""

    EQUALS = "equals"
    FROM = "from"
    TO = "to"
    AFTER = "after"
    BEFORE = "before"
    SEARCH = "search"
    LIKE = "like"
    IN = "in"
    IS_NULL = "is null"
    TAGGED = "tagged"


@dataclass(frozen=True)
class Filter:
    """One condition. `path` ends at the compared field; the value is apart, so that calls of one shape share a plan.

    `key` is the tag's name where the field holds tags.
    """

    path: Path
    operator: Operator
    key: str = ""


@dataclass(frozen=True)
class Order:
    """Sort by the field at `path`, then by id."""

    path: Path
    descending: bool = False


@dataclass(frozen=True)
class Ask:
    """The shape of one read: everything that decides which statement is run, and none of its values.

    fields: the fields of the data type itself that were named; None when the caller left it to the permission.
    expanded: references and collections to be opened up, each with all granted fields of what they lead to.
    one: a single record by its address instead of a page; after: a page that starts behind a record (a cursor).
    former: not the records, but which of their ids stand for those that there were before the site was wiped.
    """

    data_type: str
    fields: tuple[str, ...] | None = None
    expanded: tuple[Path, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: Order | None = None
    one: bool = False
    after: bool = False
    former: bool = False

    @property
    def used(self) -> tuple[Path, ...]:
        """The paths that shape the answer without being shown: filtered and sorted on."""
        sorted_on = (self.order.path,) if self.order else ()
        return tuple(condition.path for condition in self.filters) + sorted_on
