"""What a new embedded database is: durable, private, and with two roles that may do no more than they need."""

import stat
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest
from psycopg import errors
from tests.project.embedded.embedded_database import Database

from consentry.project.embedded import ensure

SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "data_checksums": "on",
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "jit": "off",
    "wal_compression": "pglz",
    "TimeZone": "UTC",
    "server_encoding": "UTF8",
    "password_encryption": "scram-sha-256",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}


def test_a_new_folder_gets_a_durable_server_with_our_settings(shared: Database) -> None:
    with shared.as_app() as app:
        for name, wanted in SETTINGS.items():
            assert (name, app.execute("select current_setting(%s)", [name]).fetchone()) == (name, (wanted,))
        locale = app.execute("select datlocprovider, datlocale from pg_database where datname = 'consentry'").fetchone()
        assert locale == ("b", "C.UTF-8")


def test_tests_may_have_one_that_does_not_wait_for_the_disk(new: Database) -> None:
    with new.as_app() as app:
        assert app.execute("show fsync").fetchone() == ("off",)


def test_neither_role_can_get_around_the_rules_and_only_the_owner_makes_databases(shared: Database) -> None:
    with shared.as_app() as app:
        roles = app.execute(
            "select rolname, rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcreatedb from pg_roles"
            " where rolcanlogin and rolname <> 'consentry_admin' order by 1"
        ).fetchall()
    assert roles == [
        ("consentry_app", False, False, False, False, False),
        ("consentry_owner", False, False, False, False, True),
    ]


def test_the_app_uses_what_the_owner_makes_and_makes_nothing_itself(shared: Database) -> None:
    with shared.as_owner() as owner, shared.as_app() as app:
        owner.execute("create table pupil (id bigint generated always as identity, n serial, name text)")
        app.execute("insert into pupil (name) values ('Ada')")
        app.execute("update pupil set name = 'Bea'")
        assert app.execute("select currval('pupil_n_seq'), name from pupil").fetchone() == (1, "Bea")
        app.execute("delete from pupil")
        for forbidden in ("create table t ()", "truncate pupil", "drop table pupil", "create schema s"):
            with pytest.raises(errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_the_owner_copies_databases_and_drops_them_under_the_feet_of_the_app(shared: Database) -> None:
    copy_url = shared.ensure().app_url.replace("/consentry?", "/a_copy?")
    with shared.as_owner() as owner:
        owner.execute("create table copied_pupil ()")
    with shared.as_owner() as owner:
        owner.execute("create database a_copy template consentry")
        app = psycopg.connect(copy_url, autocommit=True)
        assert app.execute("select count(*) from copied_pupil").fetchone() == (0,)
        owner.execute("drop database a_copy with (force)")
    app.close()


def test_the_app_may_use_what_the_owner_makes_in_any_database(shared: Database) -> None:
    cluster = shared.ensure()
    with shared.as_owner() as owner:
        owner.execute("create database a_new_one")
    with psycopg.connect(cluster.owner_url.replace("/consentry?", "/a_new_one?"), autocommit=True) as owner:
        owner.execute("create table pupil ()")
    with psycopg.connect(cluster.app_url.replace("/consentry?", "/a_new_one?")) as app:
        assert app.execute("select count(*) from pupil").fetchone() == (0,)


def app_login(shared: Database) -> str:
    """Return the part of the app's address before the @."""
    return shared.ensure().app_url.split("@")[0]


@pytest.mark.parametrize("login", ["consentry_app", "consentry_app:guess", "consentry_admin", "postgres"])
def test_nobody_comes_in_without_the_right_password(shared: Database, login: str) -> None:
    app_url = shared.ensure().app_url
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(app_url.replace(app_login(shared), f"postgresql://{login}"))


def test_passwords_log_data_and_socket_are_for_our_eyes_only(shared: Database) -> None:
    url = urlsplit(shared.ensure().app_url)
    socket = Path(parse_qs(url.query)["host"][0])

    assert str(url.password) in (shared.var / "postgres.passwords.json").read_text()
    for private in (
        socket,
        shared.var / "postgres",
        shared.var / "postgres.passwords.json",
        shared.var / "postgres.log",
    ):
        assert stat.S_IMODE(private.stat().st_mode) & 0o077 == 0, private


def test_a_folder_with_a_long_path_and_odd_letters_works(new: Database) -> None:
    new.var = new.var.parent / ("deep-" * 20) / ("deeper" * 20) / "a b'c$HOME\"é%20"

    with new.as_app() as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_the_log_holds_no_secret_and_no_data(shared: Database) -> None:
    with shared.as_owner() as owner:
        owner.execute("create table unique_pupil (name text unique)")
        owner.execute("insert into unique_pupil values ('hidden-name')")
        for failing in (
            "insert into unique_pupil values ('hidden-name')",
            "select 'hidden-name'::int",
            "select hidden-name",
        ):
            with pytest.raises(psycopg.Error):
                owner.execute(failing)
        with pytest.raises(psycopg.Error):
            owner.execute("select %s::int", ["hidden-name"])

    url = urlsplit(shared.ensure().app_url)
    assert "ready to accept connections" in shared.log()
    assert "hidden" not in shared.log()
    assert str(url.password) not in shared.log()


def test_a_relative_folder_is_the_same_as_its_full_path(shared: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shared.var.parent)

    assert ensure(Path("var")) == shared.ensure()
