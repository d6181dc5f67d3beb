"""Finding an entry of a school's code lists by what a file calls it."""

from typing import Final

from django.db.models import QuerySet

from consentry.records.models import (
    AttendanceMark,
    AttendanceRollCall,
    Country,
    CurriculumGrade,
    Ethnicity,
    Gender,
    GuardianRelationshipType,
    Language,
    SenStatus,
    Subject,
    Title,
)
from consentry.records.models.code_list import CodeList
from consentry.rules.identity import SchoolId

# The columns that may hold what a file says; where two entries answer to the same text, an earlier column wins.
_COLUMNS: Final[dict[type[CodeList], tuple[str, ...]]] = {
    AttendanceMark: ("code",),
    AttendanceRollCall: ("code",),
    Country: ("code", "short_name", "long_name", "iso31661_alpha2"),
    CurriculumGrade: ("d00020", "code"),
    Ethnicity: ("d00005", "code"),
    Gender: ("short_name", "code", "long_name"),
    GuardianRelationshipType: ("ctf_export_code", "code"),
    Language: ("d00011_alpha4", "d00011_alpha3", "code"),
    SenStatus: ("d00229", "code"),
    Subject: ("code", "subject_name", "export_code"),
    Title: ("title", "code"),
}
# What people write for a country that ISO 3166 has as one.
_KINGDOM: Final = frozenset({"uk", "great britain", "england", "wales", "scotland", "northern ireland"})
_KINGDOM_CODE: Final = "gbr"


class CodeValues:
    """The entries of one school; each list is read when it is first asked for."""

    def __init__(self, school: SchoolId) -> None:
        self._school = school
        self._lists: dict[type[CodeList], dict[str, int]] = {}

    def find(self, model: type[CodeList], text: str) -> int | None:
        """The id of the entry that `text` means, case and a full stop aside; None when the school lacks it."""
        entries = self._lists.get(model)
        if entries is None:
            entries = self._lists[model] = self._read(model)
        wanted = text.casefold().removesuffix(".")
        return entries.get(_KINGDOM_CODE if model is Country and wanted in _KINGDOM else wanted)

    def _read(self, model: type[CodeList]) -> dict[str, int]:
        """Text → id. Of entries that share a code the one that says least of a person comes first."""
        rows: QuerySet[CodeList] = QuerySet(model).filter(school_id=self._school).order_by("data_order", "id")
        if model is GuardianRelationshipType:
            rows = rows.order_by("is_male", "is_female", "data_order", "id")
        found: dict[str, int] = {}
        for column in _COLUMNS[model]:
            for text, number in rows.exclude(**{column: None}).values_list(column, "id"):
                found.setdefault(str(text).casefold(), number)
        return found
