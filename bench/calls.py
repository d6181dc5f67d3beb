"""The addresses of each cell on each server, and whether all of them answer with the same JSON."""

from collections.abc import Iterator
from typing import Any

import requests

from bench.cells import CELLS, S1, SYNC, Cell, first_page, one_student
from bench.servers import Server


class DifferentAnswersError(Exception):
    """A server answers something else than the others: then there is nothing to compare."""


def paths(server: Server, cell: Cell) -> list[str]:
    """The paths that a load of this cell goes round."""
    world = server.database.world
    if cell is S1:
        return [one_student(world["slug"], number) for number in world["students"]]
    first = first_page(world["slug"], cell)
    return list(_pages(server, first)) if cell is SYNC else [first]


def headers(server: Server) -> dict[str, str]:
    """What every call carries."""
    return {"Authorization": f"Bearer {server.database.world['token']}"}


def check_same(servers: list[Server]) -> None:
    """Raise DifferentAnswersError unless all tell the same JSON of every record; ours and the bare one to the byte."""
    for cell in CELLS:
        told: Any = None
        whole: bytes | None = None
        for server in servers:
            bodies = [_get(server, path) for path in paths(server, cell)[:3]]
            records = [each for body in bodies for each in _records(body.json())]
            if told is not None and records != told:
                raise DifferentAnswersError(f"{server.name} {cell.name}: {records[:1]} is not {told[:1]}")
            told = records
            if server.kind.name in {"durable", "async", "bare"}:
                content = b"".join(body.content for body in bodies)
                if whole is not None and content != whole:
                    raise DifferentAnswersError(f"{server.name} {cell.name}: other bytes")
                whole = content


def check_answers(server: Server, paths: list[str]) -> None:
    """Raise DifferentAnswersError unless the server answers each of these paths."""
    for path in paths:
        _get(server, path)


def _get(server: Server, path: str) -> requests.Response:
    reply = requests.get(server.address + path, headers=headers(server), timeout=30)
    if reply.status_code != 200:
        raise DifferentAnswersError(f"{server.name} answers {reply.status_code} to {path}: {reply.text[:300]}")
    return reply


def _pages(server: Server, path: str | None) -> Iterator[str]:
    """The pages of a listing, found as each server's own clients find them, until one is empty."""
    first = path
    while path:
        reply = _get(server, path)
        records = _records(reply.json())
        if not records:
            return
        yield path
        path = _next(server, reply, records, first or "")


def _next(server: Server, reply: requests.Response, records: list[dict[str, Any]], first: str) -> str | None:
    if server.kind.pages == "after":
        return f"{first}&after={records[-1]['id']}"
    following = reply.links.get("next", {}).get("url") if server.kind.pages == "link" else reply.json()["next"]
    return None if following is None else following.removeprefix(server.address)


def _records(body: Any) -> list[dict[str, Any]]:
    if isinstance(body, list):
        return body
    if "results" in body:
        return list(body["results"])
    inner = next(iter(body.values())) if len(body) == 1 else body
    return inner if isinstance(inner, list) else [inner]
