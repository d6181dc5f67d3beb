"""Finding one's way in a CTF element: children by name whatever the namespace, and their texts as cells."""

from collections.abc import Iterator

from lxml.etree import _Element

from consentry.imports.cells import Cells
from consentry.imports.problems import Problems, Reason


def name_of(element: _Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: _Element) -> int:
    """The line on which the element starts."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def child(element: _Element | None, name: str) -> _Element | None:
    """The first child called `name`."""
    return next(children(element, name), None)


def children(element: _Element | None, name: str) -> Iterator[_Element]:
    """The children called `name`; none of nothing."""
    return (found for found in (() if element is None else element) if name_of(found) == name)


def cells(element: _Element | None, problems: Problems) -> Cells:
    """The texts of the children that have no children themselves; a child that comes twice is a problem."""
    if element is None:
        return Cells(0, {}, problems)
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    for found in element:
        if len(found):
            continue
        name = name_of(found)
        if name in values:
            problems.note(line_of(found), name, Reason.DUPLICATE, found.text or "")
        values[name] = found.text or ""
        lines[name] = line_of(found)
    return Cells(line_of(element), values, problems, lines=lines)
