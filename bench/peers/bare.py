"""(a) The bare pass-through: a token from an in-process cache, one prepared statement, its bytes passed on.

It speaks libpq without cursors, as the product does, so it is the strictest of its kind: no check, no record, no wall
to enter, one round trip with nothing but the page.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import psycopg
from psycopg import pq

from bench.peers.world import ENTERED, WORLD

_tokens = {f"Bearer {WORLD['token']}": WORLD["school"]}
_here = threading.local()


def _connection() -> pq.abc.PGconn:
    if not hasattr(_here, "opened"):
        _here.opened = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, options=ENTERED)
        for name, statement in WORLD["bare"].items():
            _here.opened.pgconn.prepare(name.encode(), statement["sql"].encode())
    pgconn: pq.abc.PGconn = _here.opened.pgconn
    return pgconn


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI (PEP 3333)."""
    school = _tokens.get(environ.get("HTTP_AUTHORIZATION", ""))
    if school is None:
        start_response("401 Unauthorized", [("Content-Length", "0")])
        return []
    steps = environ["PATH_INFO"].split("/")
    given = dict(parse_qsl(environ["QUERY_STRING"]))
    name = "marks" if steps[3] != "students" else "student" if len(steps) > 4 else "students"
    values = {"school": school, "size": given.get("page-size"), "skip": 0, "one": steps[-1]}
    if "after" in given:
        name, values["after"] = "students after", given["after"]
    order = WORLD["bare"][name]["order"]
    result = _connection().exec_prepared(name.encode(), [str(values[place]).encode() for place in order])
    body = result.get_value(0, 0) or b""
    start_response("200 OK", [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]
