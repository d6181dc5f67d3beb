"""An import keeps nobody waiting, waits for its turn, and leaves no trace when it dies."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import OperationalError, connection, connections

from consentry.imports.applying.outcome import Imported, Step
from consentry.records import models
from consentry.schools.models import Site
from tests.imports.applied import (
    FRIDAY,
    MONDAY,
    apply_ctf,
    apply_marks,
    changes,
    everything,
    rows,
    sample_of,
    with_pupil,
)
from tests.world import add_app, add_person, add_school, approve, ask, reject
from tests.world_records import add_student


@pytest.fixture
def oakfield(database: str) -> Site:
    return add_school("oakfield")


def elsewhere(work: Callable[[], Any]) -> Any:
    """Do it in another thread, with database connections of its own, and wait for it."""

    def run() -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(timeout=20)


class Once:
    """Progress that does something the first time that rows have been written: the import is open then."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self.work = work
        self.done: Any = None

    def __call__(self, step: Step, _done: int, _total: int | None) -> None:
        if step is Step.WRITING and self.done is None:
            self.done = self.work() or True


def test_a_school_decides_and_takes_back_while_an_import_is_open(oakfield: Site) -> None:
    school, person = sample_of(oakfield), add_person(oakfield)
    connected = ask(add_app(), oakfield)

    def decide() -> str:
        approved = approve(connected, person)
        return str(reject(approved, person).state)

    once = Once(lambda: elsewhere(decide))
    apply_ctf(oakfield, school, progress=once)
    assert once.done == "rejected"


def test_records_are_read_while_an_import_is_open(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    once = Once(lambda: elsewhere(lambda: len(rows(models.AttendanceRollCallRecord, oakfield, "id"))) + 1)
    apply_marks(oakfield, school.marks(MONDAY, FRIDAY), progress=once)
    assert once.done == 1  # none of them is seen before the commit
    assert len(rows(models.AttendanceRollCallRecord, oakfield, "id")) == 120


def test_a_write_that_is_faster_gets_the_revision_and_the_import_the_next(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    once = Once(lambda: elsewhere(lambda: add_student(oakfield, "99999", "Grace")).revision_id)
    done = apply_ctf(oakfield, with_pupil(sample_of(oakfield, 13), 0, first_name="Zenobia"), progress=once)

    assert done.revision == once.done + 1
    assert changes(oakfield, done.revision) == [("Person", ["legalFirstName"])]
    persons = rows(models.Person, oakfield, "legal_first_name", revision_id=once.done)
    assert persons == [("Grace",)]
    assert rows(models.Person, oakfield, "id", legal_first_name="Zenobia", revision_id=done.revision) != []
    created = rows(models.RegisterEntry, oakfield, "record_id", entity_type="Student", created_revision=done.revision)
    assert len(created) == 1
    assert len(rows(models.RegisterEntry, oakfield, "record_id", created_revision=once.done)) == 2


def test_two_imports_at_once_come_one_after_the_other(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    data = school.marks(MONDAY, FRIDAY)
    starting = threading.Barrier(2)

    def bring() -> Imported:
        starting.wait(timeout=20)
        try:
            return apply_marks(oakfield, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        futures: list[Future[Imported]] = [pool.submit(bring) for _ in range(2)]
        both = [future.result(timeout=30) for future in futures]
    assert sorted(done.added for done in both) == [0, 120]
    assert sorted(done.unchanged for done in both) == [0, 120]
    assert len(rows(models.AttendanceRollCallRecord, oakfield, "id")) == 120


def test_two_different_first_imports_at_once_make_one_school(oakfield: Site) -> None:
    one, other = sample_of(oakfield), with_pupil(sample_of(oakfield, 20), 0, first_name="Zenobia")

    def bring(which: Any) -> Imported:
        try:
            return apply_ctf(oakfield, which)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(bring, each) for each in (one, other)]
        revisions = {future.result(timeout=30).revision for future in futures}
    assert revisions == {2, 3}
    assert len(rows(models.Student, oakfield, "id")) == 20


def test_an_import_whose_connection_is_killed_leaves_no_trace(oakfield: Site) -> None:
    school = sample_of(oakfield)
    apply_ctf(oakfield, school)
    before = everything(oakfield)

    def kill() -> None:
        parts = connections["owner"].settings_dict
        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            (own,) = cursor.fetchone()
        where = {"host": parts["HOST"], "port": parts["PORT"], "user": connection.settings_dict["USER"]}
        password = connection.settings_dict["PASSWORD"]
        with psycopg.connect(**where, password=password, dbname=parts["NAME"], autocommit=True) as other:
            other.execute("select pg_terminate_backend(%s)", [own])

    with pytest.raises(OperationalError):
        apply_marks(oakfield, school.marks(MONDAY, FRIDAY), progress=Once(kill))
    connection.close()
    assert everything(oakfield) == before
    assert apply_marks(oakfield, school.marks(MONDAY, FRIDAY)).added == 120


def test_an_import_that_fails_while_writing_leaves_no_trace(oakfield: Site) -> None:
    school = sample_of(oakfield)
    before = everything(oakfield)

    def fail() -> None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk"):
        apply_ctf(oakfield, school, progress=Once(fail))
    assert everything(oakfield) == before
