"""What is measured: four kinds of call, the same for every server."""

from dataclasses import dataclass
from urllib.parse import urlencode

STUDENT_FIELDS = (
    "person", "studentNumber", "handedness", "minimumDataRetentionDate", "isActiveOutgoingSync", "uniqueLearnerNumber",
)  # fmt: skip
MARK_FIELDS = ("attendanceRollCall", "recordDate", "student", "attendanceMark", "minutesLate", "source")
PAGE_OF_SYNC = 500


@dataclass(frozen=True)
class Cell:
    """One kind of call. `calls_each` requests make one unit (a full sync takes three)."""

    name: str
    what: str
    calls_each: int = 1


S100 = Cell("S100", "page of 100 students, 6 fields")
S1 = Cell("S1", "one student, 6 fields")
SYNC = Cell("SYNC", "full sync of 1,500 students in 3 pages", calls_each=3)
A10K = Cell("A10K", "page of 10,000 roll-call records, 6 fields")
CELLS = (S100, S1, SYNC, A10K)


def query(fields: tuple[str, ...], **more: object) -> str:
    """The query of a listing, as apps write it."""
    return urlencode({"fields": ",".join(fields), **more}, safe=",")


def first_page(slug: str, cell: Cell) -> str:
    """The address of the first page of this cell's listing."""
    if cell is A10K:
        return f"/{slug}/rest-v2/attendance-roll-call-records?" + query(MARK_FIELDS, **{"page-size": 10_000})
    size = PAGE_OF_SYNC if cell is SYNC else 100
    return f"/{slug}/rest-v2/students?" + query(STUDENT_FIELDS, **{"page-size": size})


def one_student(slug: str, number: int) -> str:
    """The address of one student."""
    return f"/{slug}/rest-v2/students/{number}?" + query(STUDENT_FIELDS)
