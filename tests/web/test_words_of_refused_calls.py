"""What calls of an app were refused, in words that a data manager understands."""

import pytest

from consentry.rules.trouble_facts import RefusalFacts
from consentry.web.refused_calls import asked_and_refused


@pytest.mark.parametrize(
    ("why", "data_type", "names", "said"),
    [
        (
            "field not granted: Student.ethnicity",
            "Student",
            ["Student.ethnicity", "Student.religion", "Person.dateOfBirth"],
            ("It asked for “Ethnicity” and “Religion” of Students and “Date of birth” of Persons, "
            "which version 2 does not include."),
        ),
        (
            "field not granted: Student.ethnicity",
            "Student",
            ["Student.ethnicity", "Student.(unknown)"],
            ("It asked for “Ethnicity” of Students, which version 2 does not include. "
            "It also named 1 field that there is not."),
        ),
        (
            "field not granted: Student.ethnicity",
            "Student",
            [f"Student.{name}" for name in ("ethnicity", "religion", "bloodGroup", "nhsNumber", "handedness")],
            ("It asked for “Ethnicity”, “Religion”, “Blood group” and “NHS number” of Students and 1 more, "
            "which version 2 does not include."),
        ),
        ("data type not granted: Staff", "Staff", ["Staff"], "It asked for “Staff”, which version 2 does not include."),
        ("field not granted: Gone.field", "Gone", ["Gone.field"],
         "It asked for “field” of Gone, which version 2 does not include."),
        ("unknown field: Student.(unknown)", "Student", ["Student.(unknown)"],
         "It asked for a field of “Students” that does not exist."),
        ("unknown field: Student.(unknown)", "Student", ["Student.(unknown)", "Student.ethnicity"],
         "It asked for a field of “Students” that does not exist. It also named “Ethnicity” of Students."),
        ("rejected", "", [], "It was refused because the school had rejected it."),
        ("unreadable: filters", "Student", [], "A call for “Students” could not be understood."),
        ("too costly", "Student", [], "A call for “Students” asked for too much at once."),
        ("too costly", "(unknown)", [], "It was refused because it asked for too much at once."),
        ("unknown address", "(unknown)", [], "It was refused because it asked for an address that does not exist."),
        ("second collection: Student.userTags", "Student", ["Student.userTags"],
         "It was refused because it asked to open up “User tags” of Students, a second list on one path."),
        ("", "Student", [], "It was refused without a recorded reason."),
    ],
)  # fmt: skip
def test_each_kind_of_refusal_has_words(why: str, data_type: str, names: list[str], said: str) -> None:
    """Issue: last errors given to the app in words."""
    refused = RefusalFacts(
        why=why, data_type=data_type, names=names, version=2, times=1, last="2025-11-03T14:05:00+00:00", helped=""
    )
    assert asked_and_refused(refused) == said
