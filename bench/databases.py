"""One embedded PostgreSQL of the bench's own with two databases in it: `one` school, and `many` (200)."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from consentry.project import embedded


@dataclass(frozen=True)
class Database:
    """A filled database: how servers reach it, and what is known of the school in it."""

    name: str
    app_url: str
    owner_url: str
    var: Path
    world: dict[str, Any]

    @property
    def environment(self) -> dict[str, str]:
        """What a server of any kind is started with."""
        return {
            **os.environ,
            **_environment(self.app_url, self.owner_url, self.var),
            "BENCH_WORLD": str(self.var / "world.json"),
        }


def prepare(var: Path) -> tuple[Database, Database]:
    """Both databases, made at the first use and kept under `var`; the server stays up as long as this process."""
    cluster = embedded.ensure(var)
    world, done = var / "world.json", var / "many.done"
    app_url, owner_url = (_named(url, "bench_one") for url in (cluster.app_url, cluster.owner_url))
    many = [_named(url, "bench_many") for url in (cluster.app_url, cluster.owner_url)]
    if not world.exists():
        _make(cluster.owner_url, "bench_one")
        _fill("one", world, _environment(app_url, owner_url, var))
    if not done.exists():
        _make(cluster.owner_url, "bench_many", template="bench_one")
        _fill("many", world, _environment(many[0], many[1], var))
        done.touch()
    known = json.loads(world.read_text())
    return Database("one", app_url, owner_url, var, known), Database("many", many[0], many[1], var, known)


@contextmanager
def throwaway_copy(of: Database, name: str) -> Iterator[Database]:
    """A copy of a database nobody is connected to, for as long as the block runs: for what changes records."""
    _make(of.owner_url, name, template=f"bench_{of.name}")
    yield Database(name, _named(of.app_url, name), _named(of.owner_url, name), of.var, of.world)
    with psycopg.connect(_named(of.owner_url, "postgres"), autocommit=True) as line:
        line.execute(f"drop database {name} with (force)")


def _environment(app_url: str, owner_url: str, var: Path) -> dict[str, str]:
    key = var / "bench_key"
    if not key.exists():
        key.write_text(secrets.token_urlsafe(64))
    return {
        "DATABASE_URL": app_url, "DATABASE_OWNER_URL": owner_url, "CONSENTRY_VAR": str(var),
        "CONSENTRY_SECRET_KEY": key.read_text(), "CONSENTRY_FIELD_KEY": key.read_text(),
        "CONSENTRY_CALLS_PER_MINUTE": "100000000",
        "DJANGO_SETTINGS_MODULE": "consentry.project.settings",
    }  # fmt: skip


def _named(url: str, name: str) -> str:
    return make_conninfo("", **{**conninfo_to_dict(url), "dbname": name})


def _make(owner_url: str, name: str, template: str = "template1") -> None:
    with psycopg.connect(_named(owner_url, "postgres"), autocommit=True) as line:
        line.execute(f"drop database if exists {name} with (force)")
        line.execute(f"create database {name} template {template}")


def _fill(which: str, world: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "bench.data", which, str(world)]
    subprocess.run(command, env={**os.environ, **environment}, check=True)
