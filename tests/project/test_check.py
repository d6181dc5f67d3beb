"""`consentry check` on real deployments: a database of this test's own, real roles, a process of its own."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections

from consentry.project import deployment
from consentry.project.embedded import Cluster, ensure
from consentry.project.embedded.account import choose_account
from consentry.project.embedded.binaries import find_binaries
from consentry.project.embedded.locks import is_held
from consentry.project.embedded.places import Places
from tests.project.serving.running import database_url, eventually, free_port

PASSWORD = "only-for-a-test"
RIGHTS = ["superuser", "bypassrls"]


def check(**environment: str) -> tuple[int, dict[str, str]]:
    """How the command ended, and the mark (MEND or note) of each problem it told of.

    Without more said, the deployment is as it should be.
    """
    sound = {
        "DATABASE_URL": database_url(),
        "DATABASE_OWNER_URL": database_url("owner"),
        "CONSENTRY_SECRET_KEY": "abcdefghij" * 6,
        "CONSENTRY_FIELD_KEY": "f" * 60,
        "CONSENTRY_BASE_URL": "https://consentry.example.org",
        "CONSENTRY_TRUSTED_PROXIES": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
    }
    given = {name: value for name, value in (sound | environment).items() if value}
    inherited = {name: value for name, value in os.environ.items() if name not in sound}
    done = subprocess.run(
        [sys.executable, "-c", "from consentry.project.command_line import main; main()", "check"],
        env=inherited | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert (done.returncode == 0) == ("Nothing must be mended." in done.stdout), done.stdout + done.stderr
    return done.returncode, {
        problem: mark for mark, problem in re.findall(r"^\[(\w+)\] (.*)$", done.stdout, re.MULTILINE)
    }


def must(found: dict[str, str]) -> set[str]:
    """The problems that stop a deployment."""
    return {problem for problem, mark in found.items() if mark == "MEND"}


def mark_of(found: dict[str, str], words: str) -> str | None:
    """How the problem that says these words is marked; None when nothing says them."""
    return next((mark for problem, mark in found.items() if words in problem), None)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """An embedded database of this module's own, in which there are two more roles, each with a right too many.

    No role that can be reached there may make such ones, so they are made while the server does not run.
    """
    folder = Path(tempfile.mkdtemp(prefix="check-"))
    folder.chmod(0o711)  # the database's account passes through
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONSENTRY_EMBEDDED_FAST", "1")
        ensure(folder / "var").release()
    data = Places(folder / "var").data
    assert eventually(lambda: not is_held(data)), "the server ends with its last user"
    account = choose_account(data)
    roles = "".join(f"create role {right}_role login {right} password '{PASSWORD}';\n" for right in RIGHTS)
    alone: list[str | Path] = [
        find_binaries(account) / "postgres",
        "--single",
        "-D",
        data,
        "-c",
        "exit_on_error=on",
        "template1",
    ]
    done = account.run(alone, output=subprocess.PIPE, text=roles)
    assert done.returncode == 0, done.stdout
    cluster = ensure(folder / "var")
    yield cluster
    cluster.release()
    assert eventually(lambda: not is_held(data))
    shutil.rmtree(folder)


def _as_owner(statement: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(statement)
    connections["owner"].close()


def as_role(url: str, role: str) -> str:
    """The same database as this role reaches it."""
    return re.sub(r"//[^@]*@", f"//{role}:{PASSWORD}@", url)


def test_a_deployment_that_is_as_it_should_be(database: str) -> None:
    status, found = check()

    assert (status, must(found)) == (0, set())


def test_the_owner_of_the_tables_is_not_to_work_on_them(database: str) -> None:
    status, found = check(DATABASE_URL=database_url("owner"), DATABASE_OWNER_URL="")

    assert status == 1
    assert mark_of(found, "works as the role that owns its tables") == "MEND"


@pytest.mark.parametrize("right", RIGHTS)
def test_a_role_that_passes_by_row_security_is_not_to_work(cluster: Cluster, right: str) -> None:
    wall = "the wall between schools does not stand"
    _, found = check(DATABASE_URL=cluster.app_url, DATABASE_OWNER_URL=cluster.owner_url)
    assert mark_of(found, wall) is None

    url = as_role(cluster.app_url, f"{right}_role")
    status, found = check(DATABASE_URL=url, DATABASE_OWNER_URL=cluster.owner_url)

    assert status == 1
    assert mark_of(found, wall) == "MEND"


def test_a_database_that_is_behind_the_program(database: str) -> None:
    _as_owner("delete from django_migrations where app = 'connections'")

    status, found = check()

    assert (status, must(found)) == (1, {"The database is behind the program."})


def test_a_database_that_nobody_has_migrated_yet(database: str) -> None:
    _as_owner("drop table django_migrations")

    status, found = check()

    assert (status, must(found)) == (1, {"The database is behind the program."})


def test_a_database_that_cannot_be_reached(database: str) -> None:
    nowhere = f"postgresql://somebody:{PASSWORD}@127.0.0.1:{free_port()}/consentry"

    status, found = check(DATABASE_URL=nowhere)

    assert status == 1
    assert mark_of(found, "The database cannot be reached") == "MEND"
    assert PASSWORD not in "".join(found)


def test_without_encryption_a_real_deployment_is_not_ready(database: str) -> None:
    status, found = check(CONSENTRY_BASE_URL="http://consentry.example.org", CONSENTRY_TRUSTED_PROXIES="")

    assert status == 1
    assert must(found) == {"People and apps reach the service without encryption, at http://consentry.example.org."}


def test_without_a_trusted_proxy_every_call_seems_to_come_from_it(database: str) -> None:
    status, found = check(CONSENTRY_TRUSTED_PROXIES="")

    assert status == 0
    assert mark_of(found, "No proxy is trusted") == "note"


def test_records_of_access_that_do_not_wait_are_told_of(database: str) -> None:
    status, found = check(CONSENTRY_DURABLE_EVENTS="no")

    assert status == 0
    assert mark_of(found, "Records of access do not wait for the disk") == "note"


def test_on_a_laptop_the_embedded_database_and_no_encryption_are_worth_a_note(database: str) -> None:
    var: Path = settings.CONFIG.var

    _, found = check(
        DATABASE_URL="",
        DATABASE_OWNER_URL="",
        CONSENTRY_VAR=str(var),
        CONSENTRY_BASE_URL="http://127.0.0.1:8000",
        CONSENTRY_TRUSTED_PROXIES="",
    )

    assert mark_of(found, "runs its own embedded PostgreSQL") == "note"
    assert mark_of(found, "without encryption") == "note"


def test_a_weak_key_is_told_of(database: str) -> None:
    _, found = check(CONSENTRY_SECRET_KEY="k" * 60)

    assert mark_of(found, "SECRET_KEY") is not None


def test_a_deployment_without_a_key_for_what_is_sealed_is_told_to_set_one(database: str) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("CONSENTRY_FIELD")}
    told = subprocess.run(
        [sys.executable, "-c", "from consentry.project.command_line import main; main()", "check"],
        env=inherited
        | {
            "DATABASE_URL": database_url(),
            "CONSENTRY_SECRET_KEY": "abcdefghij" * 6,
            "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode != 0
    assert "Set CONSENTRY_FIELD_KEY to 50 or more random characters" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_postgresql_that_is_too_old(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deployment, "OLDEST_POSTGRESQL", 990_000)

    assert "The PostgreSQL is older than 15." in [finding.problem for finding in deployment.findings()]
