"""Collection names as apps write them: dashed or camel case, singular or plural, in any case of letters."""

from functools import cache

from consentry.records.catalogue import catalogue, pluralised
from consentry.rules.catalogue import DataType


def data_type_named(collection: str) -> DataType | None:
    """The data type that this part of an address means, or None."""
    return _by_name().get(_normal(collection))


def listing_root(data_type: DataType) -> str:
    """The key of a listing: the naive plural in camel case (`students`, `ukDfe_UpnAssignments`)."""
    return pluralised(data_type.root)


def record_reference(data_type: DataType, href: str) -> str | None:
    """The id or code in an href of this data type (`/rest-v2/students/7` → `7`) or a bare id; None for another's."""
    head, _, last = href.rpartition("/")
    if not head:
        return href or None
    collection = head.rpartition("/")[2]
    return last if last and data_type_named(collection) is data_type else None


@cache
def _by_name() -> dict[str, DataType]:
    names = {}
    for data_type in catalogue():
        for name in (data_type.name, pluralised(data_type.name), data_type.collection):
            names[_normal(name)] = data_type
    return names


def _normal(name: str) -> str:
    return name.lower().replace("-", "")
