"""The running service survives the loss of its parts, and leaves nothing behind."""

import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
import requests
from django.db import connections

from consentry.project.command_line import commands
from tests.project.serving.running import Running, eventually, serving


def _kill(process: psutil.Process) -> None:
    os.kill(process.pid, signal.SIGKILL)


def test_a_killed_web_worker_is_replaced_and_the_service_goes_on(database: str) -> None:
    with serving(CONSENTRY_WORKERS="2") as service:
        assert eventually(lambda: len(service.workers()) == 2)
        victim = service.workers()[0]
        _kill(victim)
        assert eventually(
            lambda: len(service.workers()) == 2 and victim.pid not in {each.pid for each in service.workers()}
        )
        assert eventually(service.is_healthy)


def test_a_killed_job_worker_is_replaced(database: str) -> None:
    with serving(CONSENTRY_WORKERS="1") as service:
        assert eventually(service.job_workers)
        victim = service.job_workers()[0]
        _kill(victim)
        assert eventually(lambda: [each.pid for each in service.job_workers()] not in ([], [victim.pid]))


def test_when_the_parent_is_killed_nothing_is_left_behind(database: str) -> None:
    with serving(CONSENTRY_WORKERS="2") as service:
        assert eventually(lambda: len(service.workers()) == 2 and service.job_workers())
        left = [*service.workers(), *service.job_workers()]
        _kill(psutil.Process(service.process.pid))
        service.process.wait()
        assert eventually(lambda: not any(_lives(each) for each in left))


def _lives(process: psutil.Process) -> bool:
    return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)


def _ask_to_end(service: Running) -> None:
    service.process.send_signal(signal.SIGTERM)


@pytest.mark.parametrize("end", [_ask_to_end, Running.press_ctrl_c])
def test_a_call_under_way_is_finished_before_the_service_ends(database: str, end: Callable[[Running], None]) -> None:
    with serving("--only", "web", CONSENTRY_WORKERS="1") as service:
        assert not service.job_workers()
        answers: list[int] = []
        with connections["owner"].cursor() as lock:
            lock.execute("begin")
            lock.execute("lock table partners_credential in access exclusive mode")
            caller = threading.Thread(target=_call, args=(service, answers))
            caller.start()
            assert eventually(_somebody_waits)
            end(service)
            lock.execute("rollback")
        caller.join()
        connections["owner"].close()
        assert answers == [401]


def test_ctrl_c_ends_an_idle_service_and_nobody_has_to_be_killed(
    database: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with serving(CONSENTRY_WORKERS="2") as service, requests.Session() as kept_open:
        assert eventually(lambda: len(service.workers()) == 2 and service.job_workers())
        assert kept_open.get(f"{service.base_url}/health", timeout=20).ok
        service.press_ctrl_c()
        assert service.process.wait(60) == 0
    assert "Killing" not in "".join(capfd.readouterr())


def _call(service: Running, answers: list[int]) -> None:
    answer = requests.get(f"{service.base_url}/nowhere/rest-v2/students", auth=("somebody", "wrong"), timeout=20)
    answers.append(answer.status_code)


def _somebody_waits() -> bool:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        )
        (waiting,) = cursor.fetchone() or (0,)
    return bool(waiting)


def test_the_service_refuses_to_start_on_a_database_that_is_behind(database: str, tmp_path: Path) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute("delete from django_migrations where app = 'connections'")
    connections["owner"].close()
    with serving("--only", "jobs") as service:
        assert service.process.wait(30) == 2


def test_every_command_explains_itself() -> None:
    for name, command in commands.commands.items():
        assert command.help, name


def _guesses(service: Running, forwarded: list[str]) -> list[int]:
    """The statuses of one wrong secret after the other, each said to come from its own address."""
    address = f"{service.base_url}/nowhere/rest-v2/students"
    headers = [{"X-Forwarded-For": each} for each in forwarded]
    return [requests.get(address, auth=("somebody", "wrong"), headers=each, timeout=20).status_code for each in headers]


def test_forwarded_addresses_count_only_behind_a_named_proxy(database: str) -> None:
    many = [f"192.0.2.{number}" for number in range(60)]
    with serving("--only", "web", CONSENTRY_WORKERS="1") as service:
        assert 429 in _guesses(service, many), "a caller who invents addresses is slowed down all the same"
    with serving("--only", "web", CONSENTRY_WORKERS="1", CONSENTRY_TRUSTED_PROXIES="127.0.0.1") as service:
        assert set(_guesses(service, many)) == {401}
        assert 429 in _guesses(service, ["192.0.2.200"] * 60)
