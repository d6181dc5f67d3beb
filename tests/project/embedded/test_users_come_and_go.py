"""The server lives as long as anybody uses it, whatever ends first and however hard."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from tests.project.embedded.embedded_database import Database, until

from consentry.project.embedded.account import choose_account


def test_eight_processes_at_once_share_one_server(new: Database) -> None:
    users = [new.user() for _ in range(8)]
    answers = [user.answer() for user in users]

    assert all(answer == answers[0] for answer in answers)
    assert new.log().count("starting PostgreSQL") == 1
    with psycopg.connect(answers[0]["app"]) as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_eight_threads_at_once_share_one_server(ended: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        clusters = set(pool.map(lambda _: ended.ensure(), range(8)))

    assert len(clusters) == 1
    assert ended.log().count("starting PostgreSQL") == 1


def test_the_server_ends_with_its_last_user_and_leaves_nothing_behind(ended: Database) -> None:
    first, second = ended.user(), ended.user()
    first.answer(), second.answer()
    socket = (ended.var / "postgres.socket").readlink()
    postmaster = ended.postmaster()

    first.leave()
    assert second.process.poll() is None
    assert ended.ensure().app_url
    second.kill()
    assert ended.postmaster() == postmaster, "this process still uses it"
    ended.ensure().release()
    ended.has_ended()

    assert "database system is shut down" in ended.log()
    assert not socket.exists()


def test_who_releases_no_longer_counts_and_may_come_back(ended: Database) -> None:
    for _ in range(2):
        cluster = ended.ensure()
        cluster.release()
        cluster.release()
        ended.has_ended()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.app_url)


def test_one_who_comes_during_the_end_gets_a_server(ended: Database) -> None:
    for _ in range(2):
        cluster = ended.ensure()
        cluster.release()
        until(lambda: "received fast shutdown" in ended.log())
        with ended.as_app() as app:
            assert app.execute("select 1").fetchone() == (1,)
        (ended.var / "postgres.log").write_text("")


def test_a_forked_child_counts_as_a_user(ended: Database) -> None:
    cluster = ended.ensure()
    hold, let_go = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(let_go)
        os.read(hold, 1)
        os._exit(0)
    os.close(hold)
    cluster.release()
    keeper = ended.keeper()

    os.kill(keeper, 0)
    with psycopg.connect(cluster.app_url) as app:
        app.execute("select pg_sleep(2)")  # longer than the keeper's grace
    os.close(let_go)
    os.waitpid(child, 0)
    ended.has_ended()


def test_a_server_without_keeper_is_adopted_not_started_twice(ended: Database) -> None:
    user = ended.user()
    user.answer()
    postmaster, keeper = ended.postmaster(), ended.keeper()
    ended.kill_keeper()
    user.kill()

    ended.ensure()
    assert ended.postmaster() == postmaster
    assert ended.keeper() != keeper
    assert ended.log().count("starting PostgreSQL") == 1
    ended.ensure().release()
    ended.has_ended()


def test_what_was_committed_survives_kill_9_of_the_server(ended: Database) -> None:
    with ended.as_owner() as owner:
        owner.execute("create table pupil as select 'Ada' as name")
        ended.kill_server()
        with ended.as_app() as app:
            assert app.execute("select name from pupil").fetchone() == ("Ada",)


def test_everything_killed_at_once_starts_again(ended: Database) -> None:
    user = ended.user()
    user.answer()
    ended.kill_keeper()
    ended.kill_server()
    user.kill()

    with ended.as_app() as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_a_process_id_left_by_a_crash_that_now_is_another_program_is_no_life(ended: Database) -> None:
    ended.ensure()
    ended.ensure().release()
    ended.has_ended()
    account = choose_account(ended.var / "postgres")
    other = subprocess.Popen(["sleep", "60"], user=account.uid if account.lent else None)
    stale = ended.var / "postgres/postmaster.pid"
    stale.write_text(f"{other.pid}\n{ended.var / 'postgres'}\n1\n5432\n/tmp\n\n  1 1\nready   \n")
    account.give(stale)

    with ended.as_app() as app:
        assert app.execute("select 1").fetchone() == (1,)
    ended.ensure().release()
    ended.has_ended()
    assert other.poll() is None, "the other program was left in peace"
    other.kill()
    other.wait()


@pytest.mark.parametrize("moment", ["postgres.new", "postgres", "postgres.socket"])
def test_a_start_that_is_killed_half_way_does_no_harm(new: Database, moment: str) -> None:
    user = new.user()
    until(lambda: os.path.lexists(new.var / moment))
    user.kill()

    with new.as_app() as app:
        assert app.execute("select current_user::text").fetchone() == ("consentry_app",)


def test_a_copy_of_the_folder_is_a_database_of_its_own(ended: Database) -> None:
    copy = Database(ended.var.parent / "copy")
    subprocess.run(["cp", "-a", ended.var, copy.var], check=True)
    with ended.as_owner() as owner:
        owner.execute("create table only_here ()")
    (copy.var / "postgres.socket").unlink()  # as in a copy made while the server runs
    (copy.var / "postgres.socket").symlink_to((ended.var / "postgres.socket").readlink())

    with copy.as_owner() as owner:
        assert owner.execute("select to_regclass('only_here')").fetchone() == (None,)
    copy.ensure().release()
    copy.has_ended()
    with ended.as_app() as app:
        assert app.execute("select count(*) from only_here").fetchone() == (0,)
