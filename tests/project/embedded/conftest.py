"""An embedded database for each test: a new one where that matters, else one that the whole file shares."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.project.embedded.embedded_database import Database

from consentry.project.embedded.cluster import _held
from consentry.project.embedded.locks import is_held


def open_folder() -> Path:
    """Make a folder that every account may pass through (those of pytest are closed)."""
    folder = Path(tempfile.mkdtemp(prefix="embedded-"))
    folder.chmod(0o711)
    return folder


def end(database: Database) -> None:
    """End everybody who uses the database or one beside it, and wait until nothing runs."""
    for user in database.users:
        if user.process.poll() is None:
            user.kill()
    for var in [held for held in _held if held.is_relative_to(database.var.parent)]:
        os.close(_held.pop(var))
        Database(var).has_ended()
    if is_held(database.var / "postgres") and not is_held(database.var / "postgres.keeper.lock"):
        database.ensure().release()  # a failed test left a server without keeper
    database.has_ended()


@pytest.fixture
def new(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """Give a database that nobody has used before, quickly made."""
    monkeypatch.setenv("CONSENTRY_EMBEDDED_FAST", "1")
    folder = open_folder()
    database = Database(folder / "var")
    yield database
    end(database)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def shared() -> Iterator[Database]:
    """Give a database as users have it, durable, which all tests of a file share."""
    database = Database(open_folder() / "var")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("CONSENTRY_EMBEDDED_FAST", raising=False)
        database.ensure()
    yield database
    end(database)
    shutil.rmtree(database.var.parent)


@pytest.fixture
def ended(shared: Database) -> Iterator[Database]:
    """Give the file's database while nobody uses it, with an empty log."""
    end(shared)
    (shared.var / "postgres.log").write_text("")
    shared.users.clear()
    yield shared
    end(shared)
