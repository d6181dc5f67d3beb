"""The databases of tests: made from a migrated template, in which everything is really committed."""

import atexit
import fcntl
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import LiteralString

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connections
from psycopg import sql

from tests.emptying import EmptiedDatabase
from tests.own_cluster import EMPTIER, password_file

SOURCE = Path(__file__).parent.parent / "src" / "consentry"


def _digest() -> str:
    """Changes when a migration, a code list or the list of apps does, so that the template is made again."""
    beside = [SOURCE / "audit/row_security.py", SOURCE / "project/migrate.py"]
    kept = sorted([*SOURCE.glob("*/migrations/*.py"), *beside])
    installed = " ".join(settings.INSTALLED_APPS).encode()
    return hashlib.sha256(b"".join([installed, *(path.read_bytes() for path in kept)])).hexdigest()[:12]


def administer(statement: str, **names: str) -> None:
    """One statement outside any transaction, as the owner, from the maintenance database."""
    _maintenance().execute(sql.SQL(statement).format(**{key: sql.Identifier(name) for key, name in names.items()}))


@cache
def _maintenance() -> psycopg.Connection:
    """One connection for all tests of this process: to connect costs as much as to copy."""
    parts = connections["owner"].settings_dict
    known = {"host": parts["HOST"], "port": parts["PORT"], "user": parts["USER"], "password": parts["PASSWORD"]}
    opened = psycopg.connect(**known, dbname="postgres", autocommit=True)
    atexit.register(opened.close)
    return opened


def use_database(name: str) -> None:
    """Point both of the program's connections at this database."""
    for alias in ("default", "owner"):
        if connections[alias].settings_dict["NAME"] != name:
            connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
        settings.DATABASES[alias]["NAME"] = name


@pytest.fixture(scope="session")
def template(django_db_blocker: pytest.FixtureRequest) -> str:
    """The name of a migrated database, made once for all workers and kept until a migration changes."""
    from consentry.project.migrate import bring_up_to_date

    name = f"template_{_digest()}"
    var = settings.CONFIG.var
    var.mkdir(parents=True, exist_ok=True)
    with (var / "template.lock").open("w") as lock, django_db_blocker.unblock():  # type: ignore[attr-defined]
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _exists(name):
            making = f"{name}_making"
            administer("drop database if exists {name} with (force)", name=making)
            administer("create database {name}", name=making)
            use_database(making)
            bring_up_to_date()
            use_database("postgres")
            administer("alter database {old} rename to {new}", old=making, new=name)
        _drop_left_behind()
    return name


def _drop_left_behind() -> None:
    """Drop the databases of test runs that were killed: their names end in the number of a process that is gone."""
    for (name,) in _ask("select datname from pg_database where datname ~ '^test_(one|module)_[0-9]+$'"):
        if not psutil.pid_exists(int(str(name).rpartition("_")[2])):
            administer("drop database if exists {name} with (force)", name=str(name))


def _exists(name: str) -> bool:
    return (name,) in _ask("select datname from pg_database")


def _ask(question: LiteralString) -> list[tuple[object, ...]]:
    return _maintenance().execute(question).fetchall()


def _copy(template: str, name: str) -> None:
    administer("drop database if exists {name} with (force)", name=name)
    administer(_COPY if _is_safe_from_crashes() else _COPY_BY_FILES, name=name, template=template)


_COPY = "create database {name} template {template}"
_COPY_BY_FILES = f"{_COPY} strategy file_copy"
"""The quicker where nothing waits for the disk, the slower by far where every file does."""


@cache
def _is_safe_from_crashes() -> bool:
    return _ask("show fsync") == [("on",)]


def _forget_other_databases() -> None:
    from tests.fresh_process import forget_everything

    forget_everything()


class _OneAfterTheOther:
    """The database that this process's tests use in turn, while it can be emptied; made anew when it cannot."""

    def __init__(self) -> None:
        self.name = f"test_one_{os.getpid()}"
        self.emptied: EmptiedDatabase | None = None

    def begin(self, template: str) -> None:
        if self.emptied is None:
            _copy(template, self.name)
            self.emptied = self._looked_after()
        use_database(self.name)
        _forget_other_databases()

    def end(self) -> None:
        stay = [pid for pid in map(_quiet_backend, ("default", "owner")) if pid]
        if self.emptied is None or not self.emptied.empty(stay=stay):
            self.drop()

    def drop(self) -> None:
        use_database("postgres")
        if self.emptied is not None:
            self.emptied.let_go()
            self.emptied = None
        administer("drop database if exists {name} with (force)", name=self.name)

    def _looked_after(self) -> EmptiedDatabase | None:
        kept = password_file(settings.CONFIG.var)
        if not kept.exists():
            return None
        parts = connections["owner"].settings_dict
        known = {"host": parts["HOST"], "port": parts["PORT"], "user": EMPTIER, "password": kept.read_text()}
        return EmptiedDatabase.of(psycopg.connect(**known, dbname=self.name, autocommit=True))


def _quiet_backend(alias: str) -> int | None:
    """The process behind this connection of the program, when it is open and nothing is left of what a test did."""
    wrapper = connections[alias]
    if wrapper.connection is None:
        return None
    if wrapper.in_atomic_block or wrapper.connection.closed or not wrapper.get_autocommit() or wrapper.run_on_commit:
        wrapper.close()
        return None
    wrapper.force_debug_cursor = False
    wrapper.connection.execute("close all; unlisten *; reset all; select pg_advisory_unlock_all()")
    return int(wrapper.connection.info.backend_pid)


@pytest.fixture(scope="session")
def one_after_the_other(django_db_blocker: pytest.FixtureRequest) -> Iterator[_OneAfterTheOther]:
    """The database of this process's tests, dropped with the last of them."""
    kept = _OneAfterTheOther()
    yield kept
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        kept.drop()


@pytest.fixture
def database(
    template: str, one_after_the_other: _OneAfterTheOther, django_db_blocker: pytest.FixtureRequest
) -> Iterator[str]:
    """A database that holds nothing yet: everything in it is really committed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        one_after_the_other.begin(template)
        yield one_after_the_other.name
        one_after_the_other.end()


@pytest.fixture(scope="module")
def module_database(template: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database that the tests of one module share: for tests that read what a module-wide fixture built."""
    name = f"test_module_{os.getpid()}"
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        _copy(template, name)
        use_database(name)
        _forget_other_databases()
        yield name
        use_database("postgres")
        administer("drop database {name} with (force)", name=name)
