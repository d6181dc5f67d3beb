"""Terms and conditions: versions that the operator publishes."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from consentry.audit.actor import OPERATOR
from consentry.audit.models import Event
from consentry.audit.reading import reading
from consentry.project.command_line import commands
from consentry.project.deployment import findings
from consentry.rules.identity import PLATFORM
from consentry.rules.invalid import InvalidError
from consentry.schools.actions.publish_terms import LONGEST, publish_terms
from consentry.schools.models import Terms
from consentry.schools.queries import newest_terms
from tests.world import NOW


def publish(text: str) -> Terms:
    return publish_terms(text, by=OPERATOR, at=NOW)


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(commands, ["terms", *map(str, words)])


def published() -> list[dict[str, object]]:
    """What the platform's own chain of events tells of published terms."""
    with reading(None):
        events = Event.objects.filter(school_id=PLATFORM, name="terms.published").order_by("number")
        return [each.details for each in events]


def test_versions_are_numbered_and_the_newest_is_in_force(database: str) -> None:
    assert newest_terms() is None

    assert [publish(text).number for text in ("Be kind.", "Be kind and careful.")] == [1, 2]

    newest = newest_terms()
    assert newest is not None
    assert (newest.number, newest.text) == (2, "Be kind and careful.")
    assert published() == [{"version": 1}, {"version": 2}]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "must not be empty"),
        ("\ufeff \r\n", "must not be empty"),
        ("Be\0kind.", "NUL"),
        ("x" * (LONGEST + 1), "longer than 200,000"),
        ("\ufeffBe kind.\r\n", "version 1, which is in force, says exactly this"),
    ],
)
def test_what_cannot_be_terms_is_refused_and_nothing_changes(database: str, text: str, reason: str) -> None:
    publish("Be kind.")

    with pytest.raises(InvalidError, match=reason):
        publish(text)

    assert Terms.objects.count() == 1
    assert len(published()) == 1


def test_the_operator_publishes_a_file_and_sees_what_is_in_force(database: str, tmp_path: Path) -> None:
    file = tmp_path / "terms.md"
    file.write_text("# Terms\n\nBe kind – and careful.\n", encoding="utf-8")

    assert run("show").output == "No terms and conditions are published.\n"
    assert run("publish", file).output.startswith("Version 1 is in force.")
    shown = run("show").output
    assert shown == "Version 1, " + shown.split(", ", 1)[1]
    assert shown.endswith("\n\n# Terms\n\nBe kind – and careful.\n")


def test_a_file_that_is_no_text_is_refused_with_the_place(database: str, tmp_path: Path) -> None:
    file = tmp_path / "terms.docx"
    file.write_bytes(b"Terms\xff\xfe")

    refused = run("publish", file)

    assert isinstance(refused.exception, InvalidError)
    assert (refused.exception.field, refused.exception.reason) == ("file", "is not UTF-8 at byte 5")
    assert newest_terms() is None


def test_the_operator_is_told_when_nobody_has_to_accept_any(database: str) -> None:
    def told() -> list[bool]:
        return [each.must for each in findings() if "No terms and conditions are published" in each.problem]

    assert told() == [False]
    publish("Be kind.")
    assert told() == []
