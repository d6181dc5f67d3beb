"""`consentry demo` from outside: a process of its own, twice in a row, and the file that it leaves for programs."""

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from consentry.project.config import ConfigurationError
from consentry.project.demo.server import check_free
from consentry.project.embedded.locks import is_held
from tests.project.serving.running import eventually, free_port

ROOT = Path(__file__).parents[2]
STEPS = [
    "Class Sync asks Oakfield Academy to be connected",
    "Asha Patel signs in, accepts the terms and conditions, and is notified",
    "System > Partner Apps (API Users) > Pending requests: clicks the row, sees the permissions, presses Approve",
    "Class Sync reads every page of what was granted",
    "Approved Apps: presses Reject",
    "The very next call of Class Sync",
    "Rejected Apps: presses Approve",
    "Class Sync reads at once",
    "School > Data > Export > Attendance API Submissions: reads what would be sent, presses Give consent",
    "Presses Send now: counts by session, year group and code go by HTTPS to a collector on this machine",
    "The collector is asked what it holds now",
]


@dataclass
class Demo:
    """Demos of one port, and the folder they keep everything in."""

    var: Path
    port: int

    def run(self) -> str:
        """Play one to its end; what it printed."""
        start = "from consentry.project.command_line import main; main()"
        others = {"DATABASE_URL", "DATABASE_OWNER_URL", "DJANGO_SETTINGS_MODULE"}
        played = subprocess.run(
            [sys.executable, "-c", start, "demo", "--data-only", "--small", "--port", str(self.port)],
            env={name: value for name, value in os.environ.items() if name not in others}
            | {"CONSENTRY_VAR": str(self.var), "CONSENTRY_EMBEDDED_FAST": "1", "CONSENTRY_WORKERS": "1"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert played.returncode == 0, played.stdout + played.stderr
        return played.stdout

    @property
    def own(self) -> Path:
        """The folder of this port's demo."""
        return self.var / f"demo-{self.port}"

    def left(self) -> dict[str, Any]:
        """What it left for programs."""
        document: dict[str, Any] = json.loads((self.own / "demo.json").read_text())
        return document


@pytest.fixture(scope="module")
def demo() -> Iterator[Demo]:
    """A folder that the database's account may pass through, and a free port."""
    folder = Path(tempfile.mkdtemp(prefix="demo-"))
    folder.chmod(0o711)
    made = Demo(folder / "var", free_port())
    yield made
    assert eventually(lambda: not is_held(made.own / "postgres")), "the database ends with its last user"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def first(demo: Demo) -> tuple[str, dict[str, Any]]:
    """What the first demo printed and left."""
    return demo.run(), demo.left()


def test_the_steps_are_played_in_order(first: tuple[str, dict[str, Any]]) -> None:
    assert re.findall(r"^\d+\. (.*)$", first[0], re.MULTILINE) == STEPS
    assert re.search(r"6\. .*\n +Refused: The school has rejected the app", first[0])


def test_it_says_that_nothing_runs_and_how_to_serve_it(first: tuple[str, dict[str, Any]], demo: Demo) -> None:
    check_free(demo.port)
    assert "Ready at" not in first[0]
    assert f"CONSENTRY_VAR={demo.own} " in first[0]
    assert f"consentry serve --port {demo.port}" in first[0]
    assert f"consentry collector --folder {demo.own / 'collector'}" in first[0]


def test_attendance_has_arrived_at_the_collector(first: tuple[str, dict[str, Any]]) -> None:
    assert "received, with a green tick" in first[0]
    assert re.search(r"on roll; AM \d+ marks, PM \d+ marks", first[0])


def test_what_it_leaves_has_the_shape_that_programs_rely_on(first: tuple[str, dict[str, Any]], demo: Demo) -> None:
    left = first[1]
    assert set(left) == {"base_url", "sites", "users", "members", "apps", "collector"}
    assert left["base_url"] == f"http://127.0.0.1:{demo.port}"
    assert left["collector"].keys() >= {"id", "base_url", "token_url", "ca_file"}
    assert left["collector"]["base_url"].startswith("https://127.0.0.1:")
    sites = {site["slug"]: site for site in left["sites"]}
    assert set(sites) == {"two-rivers", "oakfield", "brook-lane"}
    assert all(set(site) >= {"slug", "name", "kind", "urn"} for site in sites.values())
    assert sites["oakfield"]["urn"] == "137264"
    assert {site["kind"] for site in sites.values()} == {"trust", "school"}
    (member,) = left["members"]
    assert set(member) == {"email", "password", "company", "what_for"}
    assert member["company"] == "Brightmoor Software Ltd"
    for user in left["users"]:
        assert set(user) == {"email", "password", "site", "what_for"}
        assert all(user.values())
        assert user["site"] in sites


def test_apps_are_left_with_their_secrets_and_where_they_stand(first: tuple[str, dict[str, Any]]) -> None:
    for app in first[1]["apps"]:
        assert set(app) == {"name", "application_user", "secret", "client_id", "client_secret", "connections"}
        assert (app["client_id"], app["client_secret"]) == (app["application_user"], app["secret"])
    assert {app["name"]: app["connections"] for app in first[1]["apps"]} == {
        "Class Sync": {"oakfield": "approved"},
        "Data Bridge": {"oakfield": "approved", "brook-lane": "approved"},
        "Mail Keeper": {"oakfield": "approved"},
        "Quiet Room": {"brook-lane": "approved"},
        "Lunchline": {"oakfield": "pending", "brook-lane": "pending", "two-rivers": "pending"},
    }


def test_it_says_what_to_try_and_how_the_dummy_site_is_filled_again(
    first: tuple[str, dict[str, Any]], demo: Demo
) -> None:
    printed = first[0]
    assert "two-rivers/apps-by-school" in printed
    assert "leo.grant@oakfield.example" in printed
    assert "leo.grant@oakfield.example" not in {user["email"] for user in first[1]["users"]}
    commands = re.findall(r"consentry import (\w+) (\S+) --site brook-lane", printed)
    assert [kind for kind, _ in commands] == ["ctf", "oneroster", "marks"]
    assert all(Path(file).is_file() for _, file in commands)
    assert f"CONSENTRY_VAR={demo.own} .venv/bin/consentry import" in printed


def test_what_it_leaves_is_its_owners_alone(first: tuple[str, dict[str, Any]], demo: Demo) -> None:
    for file in (demo.own / "demo.json", demo.var / "demo.json"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert (demo.var / "demo.json").read_bytes() == (demo.own / "demo.json").read_bytes()


def test_again_it_starts_from_nothing_with_new_secrets(first: tuple[str, dict[str, Any]], demo: Demo) -> None:
    again = demo.run()

    assert re.findall(r"^\d+\. (.*)$", again, re.MULTILINE) == STEPS
    before, after = first[1], demo.left()
    assert after["sites"] == before["sites"]
    assert [app["connections"] for app in after["apps"]] == [app["connections"] for app in before["apps"]]
    assert {user["password"] for user in after["users"]}.isdisjoint({user["password"] for user in before["users"]})
    assert {app["secret"] for app in after["apps"]}.isdisjoint({app["secret"] for app in before["apps"]})


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigurationError, match="is taken"):
            check_free(int(taken.getsockname()[1]))
