"""The page statements that our own compiler makes, without door and record: what the bare pass-through runs."""

from bench.cells import MARK_FIELDS, STUDENT_FIELDS
from consentry.connections.reading.plans import grants_of
from consentry.connections.reading.statement import number_places
from consentry.records.catalogue import catalogue
from consentry.records.compiling.page import BODY, compile_page
from consentry.rules.asks import Ask
from consentry.rules.disclosure import decide


def bare_statements(version: int) -> dict[str, dict[str, object]]:
    """For each form of call its SQL, whose one value is the whole body, and the names of its places in order."""
    students, marks = tuple(sorted(STUDENT_FIELDS)), tuple(sorted(MARK_FIELDS))
    return {
        "students": _one(Ask("Student", students), "students", version),
        "students after": _one(Ask("Student", students, after=True), "students", version),
        "student": _one(Ask("Student", students, one=True), "student", version),
        "marks": _one(Ask("AttendanceRollCallRecord", marks), "attendanceRollCallRecords", version),
    }


def _one(ask: Ask, root: str, version: int) -> dict[str, object]:
    page = compile_page(ask, decide(ask, grants_of(version), catalogue()), gate="true")
    start, end = ("", "") if ask.one else ("[", "]")
    body = f"'{{\"{root}\":{start}' || coalesce(string_agg({BODY}, ','), '') || '{end}}}'"
    statement = number_places(f"select {body} from ({page.sql}) rows", page.places)
    return {"sql": statement.sql, "order": statement.order}
