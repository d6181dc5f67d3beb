"""What every test can ask for: a database of its own, copied from a migrated template, with real commits."""

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
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from psycopg import sql

from tests.no_skips import pytest_make_collect_report, pytest_runtest_makereport
from tests.side_by_side import pytest_collection_modifyitems, pytest_xdist_auto_num_workers

__all__ = [
    "pytest_collection_modifyitems", "pytest_make_collect_report", "pytest_runtest_makereport",
    "pytest_xdist_auto_num_workers",
]  # fmt: skip

# Never a timed test: a slow machine says nothing about the code. The same examples every time.
hypothesis_settings.register_profile(
    "consentry", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
hypothesis_settings.load_profile("consentry")

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


def copied(template: str, name: str) -> Iterator[str]:
    """A copy of the template under this name for as long as the generator lives."""
    administer("drop database if exists {name} with (force)", name=name)
    administer(_COPY if _is_safe_from_crashes() else _COPY_BY_FILES, name=name, template=template)
    use_database(name)
    _forget_other_databases()
    yield name
    use_database("postgres")
    administer("drop database {name} with (force)", name=name)


_COPY = "create database {name} template {template}"
_COPY_BY_FILES = f"{_COPY} strategy file_copy"
"""The quicker where nothing waits for the disk, the slower by far where every file does."""


@cache
def _is_safe_from_crashes() -> bool:
    return _ask("show fsync") == [("on",)]


def _forget_other_databases() -> None:
    from tests.fresh_process import forget_everything

    forget_everything()


@pytest.fixture
def database(template: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database of this test's own: everything in it is really committed, and nothing is ever flushed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield from copied(template, f"test_one_{os.getpid()}")


@pytest.fixture(scope="module")
def module_database(template: str, django_db_blocker: pytest.FixtureRequest) -> Iterator[str]:
    """A database that the tests of one module share: for tests that read what a module-wide fixture built."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield from copied(template, f"test_module_{os.getpid()}")
