"""The figures as tables on the terminal and as a page in results/."""

from dataclasses import dataclass

from bench.cells import Cell
from bench.goals import CLIENTS, GOALS
from bench.rounds import Plan, Results
from bench.servers import Server

Table = tuple[str, list[str], list[list[str]]]
"""Title, head, rows."""


@dataclass(frozen=True)
class Check:
    """A promise that is not a ratio: what was found beside what it should be."""

    promise: str
    found: str
    kept: bool


def rate_tables(results: Results, servers: list[Server], plan: Plan) -> list[Table]:
    """One table for each cell: every server at every number of clients."""
    return [
        (
            f"{cell.name}: {cell.what}",
            [
                "server",
                "clients",
                "per second",
                "× bare",
                "× drf",
                "× drf-lean",
                "× fastapi",
                "CPU-s/1,000",
                "× bare",
                "p50 ms",
                "p99 ms",
            ],
            [_row(results, cell, clients, server.name, servers) for clients in plan.clients for server in servers],
        )
        for cell in plan.cells
    ]


def _row(results: Results, cell: Cell, clients: int, name: str, servers: list[Server]) -> list[str]:
    names = [server.name for server in servers]
    row = [name, str(clients), f"{results.middle(cell, clients, name, 'rate'):,.1f}"]
    row += [
        f"{results.ratio(cell, clients, name, other):.2f}" if other in names else ""
        for other in ("bare", "drf", "drf-lean", "fastapi")
    ]
    row.append(f"{results.middle(cell, clients, name, 'cpu'):.3f}")
    row.append(f"{results.ratio(cell, clients, name, 'bare', 'cpu'):.2f}" if "bare" in names else "")
    row += [f"{results.middle(cell, clients, name, what):.2f}" for what in ("p50", "p99")]
    failed = sum(each.failed for each in results.measured[cell.name, clients, name])
    return [*row[:-1], f"{row[-1]} ({failed} failed)"] if failed else row


def goal_table(results: Results) -> Table:
    """Each goal beside what was reached."""
    rows = []
    for goal in GOALS:
        keys = [(goal.cell.name, CLIENTS, name) for name in (goal.server, goal.against)]
        if all(key in results.measured for key in keys):
            reached = results.ratio(goal.cell, CLIENTS, goal.server, goal.against)
            cheaper = results.ratio(goal.cell, CLIENTS, goal.against, goal.server, "cpu")
            verdict = "reached" if reached >= goal.least else "SHORT"
            row = [
                goal.cell.name,
                goal.server,
                goal.against,
                f"{goal.least:g}",
                f"{reached:.2f}",
                f"{cheaper:.2f}",
                verdict,
            ]
            rows.append(row)
    head = ["cell", "server", "against", "goal ×", "reached ×", "CPU ×", ""]
    return f"Goals, at {CLIENTS} clients (requests per second; CPU × above 1 = cheaper)", head, rows


def check_table(checks: list[Check]) -> Table:
    """The other promises."""
    rows = [[check.promise, check.found, "kept" if check.kept else "BROKEN"] for check in checks]
    return "Other promises", ["promise", "found", ""], rows


def as_markdown(tables: list[Table], said: str) -> str:
    """The page."""
    parts = ["# The last run", "", said, ""]
    for title, head, rows in tables:
        parts += [f"## {title}", "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
        parts += [f"| {' | '.join(row)} |" for row in rows] + [""]
    return "\n".join(parts)
