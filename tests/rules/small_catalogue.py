"""A catalogue small enough to read at a glance: pupils, persons, genders, forms with their members, tags."""

from consentry.rules.catalogue import Catalogue, DataType, Field, Kind, Path
from consentry.rules.grants import Action, Grant

READ = frozenset({Action.READ})


def _data_type(name: str, *fields: Field, display: tuple[tuple[Path, ...], ...] = ()) -> DataType:
    by_name = {field.name: field for field in fields}
    return DataType(name, name, f"{name}s", f"{name.lower()}s", by_name, display=display)


def _text(name: str, *, special: bool = False) -> Field:
    return Field(name, name, Kind.TEXT, special=special)


def _reference(name: str, target: str) -> Field:
    return Field(name, name, Kind.REFERENCE, target)


_TYPES = [
    _data_type(
        "Student",
        _reference("person", "Person"),
        _text("studentNumber"),
        _text("ethnicity", special=True),
        Field("owner", "owner", Kind.ANY_REFERENCE),
        Field("userTags", "userTags", Kind.TAGS),
        display=((("person", "first"),), (("person", "last"),)),
    ),
    _data_type(
        "Person", _text("first"), _text("last"), _reference("gender", "Gender"), display=((("first",), ("last",)),)
    ),
    _data_type("Gender", _text("label"), display=((("label",),),)),
    _data_type("Form", _text("name"), Field("members", "members", Kind.COLLECTION, "Membership")),
    _data_type("Membership", _reference("form", "Form"), _reference("student", "Student")),
    _data_type("Tag", _text("tagIdentifier")),
    _data_type(
        "Tagging",
        _reference("tag", "Tag"),
        Field("taggedObject", "taggedObject", Kind.ANY_REFERENCE),
        Field("startDate", "startDate", Kind.DATE),
        Field("endDate", "endDate", Kind.DATE),
    ),
]
CATALOGUE = Catalogue({data_type.name: data_type for data_type in _TYPES})


def granted(**fields: str) -> dict[str, Grant]:
    """Grants to read: each data type with its fields, parted by spaces (`*`: all of them)."""
    return {
        name: Grant(name, frozenset(CATALOGUE[name].fields if written == "*" else written.split()), READ)
        for name, written in fields.items()
    }


def everything_granted() -> dict[str, Grant]:
    """Every field of every data type, to read."""
    return granted(**{data_type.name: "*" for data_type in CATALOGUE})


def all_paths(deepest: int = 3) -> list[tuple[str, Path]]:
    """Every path there is, from every data type, this many steps deep at most: (data type, path)."""
    return [(data_type.name, path) for data_type in CATALOGUE for path in _below(data_type, deepest)]


def _below(data_type: DataType | None, deepest: int) -> list[Path]:
    if data_type is None or deepest == 0:
        return []
    paths: list[Path] = [("id",)]
    for field in data_type.fields.values():
        paths.append((field.name,))
        paths += [(field.name, *path) for path in _below(CATALOGUE.get(field.target), deepest - 1)]
    return paths
