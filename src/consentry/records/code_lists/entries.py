"""Reads the code lists that are shipped with the program.

A file `{model}.json` holds `columns` and `rows`; the order of its rows is the order of the list. Sources: DfE common
basic data set (ethnicity, religion, language, National Curriculum year, SEN, relationships), ISO 3166-1, ISO 639.
"""

import json
from importlib import resources
from typing import Final

from consentry.rules.attendance_codes import CODES, AttendanceCode
from consentry.rules.attendance_flags import attendance_flags

Value = str | int | bool | None

FILES: Final = (
    "gender",
    "title",
    "ethnicity",
    "religion",
    "language",
    "country",
    "guardian_relationship_type",
    "curriculum_grade",
    "sen_status",
    "medical_condition_type",
    "subject",
    "attendance_roll_call",
)


def code_list_entries() -> dict[str, list[dict[str, Value]]]:
    """Model name in lower case → its entries as column → value, each with its `data_order` from 1."""
    lists = {name.replace("_", ""): _read(name) for name in FILES}
    lists["attendancemark"] = [_attendance_mark(code) for code in CODES]
    return {name: [{**entry, "data_order": place} for place, entry in enumerate(lists[name], 1)] for name in lists}


def _read(name: str) -> list[dict[str, Value]]:
    text = resources.files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8")
    content = json.loads(text)
    return [dict(zip(content["columns"], row, strict=True)) for row in content["rows"]]


def _attendance_mark(code: AttendanceCode) -> dict[str, Value]:
    return {
        "code": code.code,
        "active": code.valid_to is None,
        "attendance_mark": code.mark,
        "mark_index": CODES.index(code),
        "mark_description": code.description,
        **attendance_flags(code),
    }
