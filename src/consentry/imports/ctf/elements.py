"""Finding one's way in a CTF element: one pass over its children sorts texts from parts, whatever the namespace."""

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Part:
    """An element as its texts (`said`: children without children) and the parts below it by name."""

    said: Cells
    below: dict[str, list[_Element]]

    def part(self, name: str) -> "Part | None":
        """The first part called `name`, if any."""
        found = self.below.get(name)
        return part_of(found[0], self.said.problems) if found else None

    def parts(self, *path: str) -> "list[Part]":
        """The parts called by the last name of `path`, within the first part of each name before it."""
        holder: Part | None = self
        for name in path[:-1]:
            holder = holder.part(name) if holder else None
        found = holder.below.get(path[-1], []) if holder else []
        return [part_of(element, self.said.problems) for element in found]


def part_of(element: _Element, problems: Problems) -> Part:
    """The element as texts and parts; a text that comes twice is a problem."""
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    below: dict[str, list[_Element]] = {}
    for child in element:
        name = name_of(child)
        if len(child):
            below.setdefault(name, []).append(child)
            continue
        if name in values:
            problems.note(line_of(child), name, Reason.DUPLICATE, child.text or "")
        values[name] = child.text or ""
        lines[name] = line_of(child)
    return Part(Cells(line_of(element), values, problems, lines=lines), below)
