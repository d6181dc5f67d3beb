"""`consentry import`: what the operator sees, and what the command answers."""

import csv
from pathlib import Path

import pytest

from consentry.project.importing import import_with_progress
from consentry.records import models
from consentry.rules.invalid import InvalidError
from consentry.schools.models import Site
from tests.imports.applied import FRIDAY, MONDAY, apply_ctf, rows, sample_of
from tests.world import add_school


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school("oakfield")


def kept(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_three_files_of_a_school_are_imported_and_counted(
    oakfield: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = sample_of(oakfield)
    files = {"ctf": school.ctf(), "oneroster": school.oneroster(), "marks": school.marks(MONDAY, FRIDAY)}
    for kind, data in files.items():
        assert import_with_progress(kind, kept(tmp_path, kind, data), "oakfield", None)
    shown = capsys.readouterr().out
    assert "AttendanceRollCallRecord" in shown
    assert "120" in shown
    assert import_with_progress("marks", tmp_path / "marks", "oakfield", None)
    assert "nothing new" in capsys.readouterr().out


def test_a_refused_file_shows_twenty_problems_and_reports_all(
    oakfield: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apply_ctf(oakfield, sample_of(oakfield))
    stranger = sample_of(add_school("elmwood")).pupils[0].upn
    lines = [f"{stranger},2025-09-{day:02},{session},C" for day in range(3, 28) for session in ("AM", "PM")]
    file = kept(tmp_path, "marks.csv", "\n".join(["upn,date,session,code", *lines, ""]).encode())

    assert not import_with_progress("marks", file, "oakfield", tmp_path / "report.csv")
    shown = capsys.readouterr().out
    assert shown.count(stranger[:6]) == 20
    report = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert len(report) == 1 + 50
    assert rows(models.AttendanceRollCallRecord, oakfield, "id") == []

    assert not import_with_progress("marks", file, "oakfield", None)
    assert "30 more" in capsys.readouterr().out


def test_what_a_file_says_is_shown_as_it_is(oakfield: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = kept(tmp_path, "marks.csv", b"upn,date,session,code\n[red]X[/red],2025-09-08,AM,/\n")
    assert not import_with_progress("marks", file, "oakfield", None)
    assert "[red]X" in capsys.readouterr().out.replace("\n", "")


def test_a_site_there_is_not_is_said_in_words(database: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="no site called elmwood"):
        import_with_progress("ctf", kept(tmp_path, "file", b""), "elmwood", None)
