"""What is wrong is said in plain words, with the way out; nothing is overwritten or trusted meanwhile."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.project.embedded.embedded_database import Database

from consentry.project.embedded import EmbeddedError, ensure
from consentry.project.embedded.account import choose_account


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """Give a disk of 150 MB, where this machine lets us mount one."""
    disk = Path(tempfile.mkdtemp(prefix="embedded-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", "size=150m,mode=0755", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        disk.rmdir()
        pytest.skip("may not mount a small disk here")
    yield disk
    subprocess.run(["umount", "--lazy", disk], check=True)
    disk.rmdir()


def refusal(var: Path) -> str:
    """Return what is said when the database of the folder cannot be had."""
    with pytest.raises(EmbeddedError) as refused:
        ensure(var)
    return str(refused.value)


def test_a_cluster_of_another_major_version_is_left_alone(ended: Database) -> None:
    version = ended.var / "postgres/PG_VERSION"
    version.write_text("17\n")

    said = refusal(ended.var)

    version.write_text("18\n")
    assert "made by PostgreSQL 17" in said
    assert "brings PostgreSQL 18" in said
    assert "DATABASE_URL" in said
    assert "starting PostgreSQL" not in ended.log()


def test_a_server_that_cannot_start_tells_the_end_of_its_log(ended: Database) -> None:
    configuration = ended.var / "postgres/postgresql.conf"
    was = configuration.read_text()
    configuration.write_text("shared_buffers = lots\n")

    said = refusal(ended.var)

    configuration.write_text(was)
    assert "postgres.log" in said
    assert 'invalid value for parameter "shared_buffers": "lots"' in said
    with ended.as_app() as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_who_was_refused_is_no_user_and_the_keeper_goes(ended: Database) -> None:
    (ended.var / "postgres/PG_VERSION").write_text("17\n")
    refusal(ended.var)
    (ended.var / "postgres/PG_VERSION").write_text("18\n")

    ended.has_ended()


def test_lost_passwords_are_not_replaced(ended: Database) -> None:
    passwords = ended.var / "postgres.passwords.json"
    passwords.rename(ended.var / "lost")

    said = refusal(ended.var)

    (ended.var / "lost").rename(passwords)
    assert "postgres.passwords.json is missing" in said
    assert "backup" in said


def test_data_that_is_gone_is_not_replaced_by_empty_data(tmp_path: Path) -> None:
    (tmp_path / "postgres").symlink_to(tmp_path / "gone")

    assert "is gone" in refusal(tmp_path)
    Database(tmp_path).has_ended()


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")

    assert str(tmp_path / "var") in refusal(tmp_path / "var")


def test_a_full_disk_is_called_a_full_disk(small_disk: Path) -> None:
    with (small_disk / "film").open("wb") as film:
        film.truncate(0)
        os.posix_fallocate(film.fileno(), 0, 100 << 20)
    assert "is full" in refusal(small_disk)
    assert not (small_disk / "postgres").exists()

    (small_disk / "film").unlink()
    database = Database(small_disk)
    database.ensure().release()
    database.has_ended()
    with suppress(OSError), (small_disk / "film").open("wb") as film:
        while film.write(bytes(1 << 20)):
            pass
    assert "is full" in refusal(small_disk)
    database.has_ended()

    (small_disk / "film").unlink()
    with database.as_app() as app:
        assert app.execute("select 1").fetchone() == (1,)
    database.ensure().release()
    database.has_ended()


@pytest.mark.parametrize("trap", ["open", "foreign", "unlike ours", "link"])
def test_a_socket_folder_that_is_not_ours_is_not_used(ended: Database, trap: str) -> None:
    account = choose_account(ended.var / "postgres")
    folder = Path(tempfile.mkdtemp(prefix="other-" if trap == "unlike ours" else "consentry-"))
    shutil.chown(folder, account.uid + 1 if trap == "foreign" and account.lent else account.uid)
    folder.chmod(0o777 if trap == "open" else 0o700)
    if trap == "foreign" and not account.lent:
        pytest.skip("only root can make a folder of another account")
    target = folder
    if trap == "link":
        target = folder.with_name(folder.name + "-link")
        target.symlink_to(folder)
    (ended.var / "postgres.socket").unlink(missing_ok=True)
    (ended.var / "postgres.socket").symlink_to(target)

    assert str(target.name) not in ended.ensure().app_url
    folder.rmdir()
    target.unlink(missing_ok=True)
