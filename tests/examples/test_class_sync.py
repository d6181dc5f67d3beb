"""The example app as its company would run it: a program of its own against a served school."""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from consentry.api.rest_v2.names import data_type_named
from consentry.audit.actor import OPERATOR
from consentry.audit.reading import reading
from consentry.connections.models import Connection
from consentry.partners.app_file import read_app_file
from consentry.schools.queries import school_id
from consentry.workflows.enrol_app import EnrolledApp, enrol_app
from tests.imports.applied import FRIDAY, MONDAY, apply_ctf, apply_marks, apply_oneroster, sample_of
from tests.project.serving.running import Running, serving
from tests.world import NOW, add_person, add_school, approve, reject
from tests.world_records import add_students

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAM = EXAMPLES / "class_sync" / "class_sync.py"
APP_FILE = EXAMPLES / "apps" / "class-sync.toml"
LINE = re.compile(r"(\w+) +([\d,]+) records in (\d+) pages?")


def run(service: Running, enrolled: EnrolledApp, command: str) -> "subprocess.CompletedProcess[str]":
    """The example's command against the school, as a process."""
    credentials = {"APPLICATION_USER": enrolled.app.application_user, "APPLICATION_SECRET": enrolled.secret}
    return subprocess.run(
        [sys.executable, PROGRAM, command, "--base-url", service.base_url, "--site", "oakfield"],
        env=os.environ | credentials,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_asks_reads_all_that_was_granted_and_stops_when_refused(database: str) -> None:
    site = add_school()
    head = add_person(site)
    sample = sample_of(site)
    apply_ctf(site, sample)
    apply_oneroster(site, sample)
    apply_marks(site, sample.marks(MONDAY, FRIDAY))
    add_students(site, 500)
    enrolled = enrol_app(read_app_file(APP_FILE.read_bytes()), by=OPERATOR, at=NOW)
    with serving("--only", "web", CONSENTRY_WORKERS="1") as service:
        asked = run(service, enrolled, "request")
        again = run(service, enrolled, "request")
        waiting = run(service, enrolled, "sync")
        with reading(school_id(site)):
            pending = Connection.objects.select_related("school").get(app=enrolled.app)
        connection = approve(pending, head)
        read = run(service, enrolled, "sync")
        reject(connection, head)
        refused = run(service, enrolled, "sync")

    assert (asked.returncode, asked.stdout) == (0, "Asked to be connected: pending\n")
    assert (again.returncode, again.stderr) == (1, "Refused: The site was asked before and has not decided yet.\n")
    assert "has not decided yet" in waiting.stderr
    assert read.returncode == 0, read.stderr
    shown = {name: (int(count.replace(",", "")), int(pages)) for name, count, pages in LINE.findall(read.stdout)}
    assert shown["Students"] == (512, 2), "a page holds 500"
    assert [name for name, (count, _) in shown.items() if not count] == []
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "rejected" in refused.stderr


def test_it_reads_every_data_type_that_it_asks_for() -> None:
    spec = importlib.util.spec_from_file_location("class_sync", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    asked = tomllib.loads(APP_FILE.read_text())["asks"]

    assert [data_type_named(name) for name in program.READS if data_type_named(name) is None] == []
    assert {found.name for name in program.READS if (found := data_type_named(name))} == set(asked)
