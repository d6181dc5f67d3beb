"""Which rows the file holds, and whether every reference finds its row."""

from dataclasses import dataclass, field
from typing import Final

from consentry.imports.cells import Cells
from consentry.imports.oneroster.records import listed
from consentry.imports.problems import Problems, Reason

# table → field → the table it refers to
REFERENCES: Final[dict[str, dict[str, str]]] = {
    "orgs": {"parentSourcedId": "orgs"},
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"agentSourcedIds": "users", "primaryOrgSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
    "demographics": {"sourcedId": "users"},
}
_LISTS: Final = frozenset({"termSourcedIds", "agentSourcedIds"})


@dataclass(slots=True)
class References:
    """The sourcedIds met so far by table, and references within a table that wait for its end."""

    problems: Problems
    known: dict[str, set[str]] = field(default_factory=dict)
    waiting: list[tuple[int, str, str, str]] = field(default_factory=list)

    def meet(self, table: str, said: Cells, sourced_id: str) -> None:
        """Take note of a row: its own id, which must be new, and what it refers to."""
        known = self.known.setdefault(table, set())
        if sourced_id and sourced_id in known:
            said.note("sourcedId", Reason.DUPLICATE, sourced_id)
        known.add(sourced_id)
        for name, target in REFERENCES[table].items():
            for wanted in listed(said, name) if name in _LISTS else (said.raw(name),):
                if not wanted:
                    continue
                if target == table:
                    self.waiting.append((said.line, table, name, wanted))
                elif wanted not in self.known.get(target, ()):
                    said.note(name, Reason.UNKNOWN_REFERENCE, wanted)

    def close(self, table: str) -> None:
        """Judge the references that waited for the end of `table`."""
        known = self.known.get(table, set())
        for line, part, name, wanted in self.waiting:
            if wanted not in known:
                self.problems.note(line, name, Reason.UNKNOWN_REFERENCE, wanted, f"{part}.csv")
        self.waiting.clear()
