"""Mails with live links and the demo's files are for nobody else on the machine."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.test import override_settings

from consentry.audit.actor import OPERATOR
from consentry.project.demo.cast import SCHOOLS
from consentry.project.demo.stage import fill_school
from consentry.project.serving.run import prepare
from consentry.workflows.open_site import open_site
from tests.world import NOW


@pytest.fixture(autouse=True)
def open_handed() -> Iterator[None]:
    """Nothing is private by the process's own mask."""
    before = os.umask(0o000)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    """The permissions of a file or folder."""
    return path.stat().st_mode & 0o777


def test_mails_as_files_are_their_owners_alone(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "mail"
    with override_settings(EMAIL_FILE_PATH=str(folder)):
        connection = get_connection("consentry.project.private_folder.PrivateMails")
        assert mode(folder) == 0o700, "before anything is written"
        EmailMessage("Hello", "a link", to=["asha@example.org"], connection=connection).send()
        EmailMessage("Again", "a link", to=["asha@example.org"], connection=connection).send()

    mails = list(folder.iterdir())
    assert {mode(mail) for mail in mails} == {0o600}
    assert "a link" in mails[0].read_text()


def test_a_folder_that_an_operator_made_for_mails_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    with override_settings(EMAIL_FILE_PATH=str(tmp_path)):
        get_connection("consentry.project.private_folder.PrivateMails")

    assert mode(tmp_path) == 0o750


def test_the_program_leaves_mails_by_that_way(tmp_path: Path) -> None:
    ask = "from consentry.project import settings; print(settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH)"
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "CONSENTRY_SECRET_KEY": "k" * 60,
        "CONSENTRY_FIELD_KEY": "f" * 60,
        "CONSENTRY_VAR": str(tmp_path),
    }
    said = subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["consentry.project.private_folder.PrivateMails", str(tmp_path / "mail")]


def test_a_start_shuts_the_folder_that_an_older_release_left_open(database: str, tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir(mode=0o755)

    with override_settings(STATIC_ROOT=str(tmp_path / "static")):
        prepare(replace(settings.CONFIG, var=tmp_path, is_embedded=False))

    assert mode(tmp_path / "mail") == 0o700


def test_the_demos_files_are_its_owners_alone(database: str, tmp_path: Path) -> None:
    folder = tmp_path / "demo-files"
    folder.mkdir(mode=0o755)
    small = replace(
        SCHOOLS[0],
        site=replace(SCHOOLS[0].site, trust=None),
        pupils=20,
        marks=(date(2026, 9, 7), date(2026, 9, 8)),
    )
    open_site(small.site, by=OPERATOR, at=NOW)

    fill_school(small, folder)

    assert mode(folder) == 0o700
