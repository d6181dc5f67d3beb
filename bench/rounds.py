"""Interleaved rounds: every server gets each load in turn, so that what else the machine does falls on all of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median

from bench.calls import paths
from bench.cells import Cell
from bench.load import Measured, load
from bench.servers import Server


@dataclass
class Results:
    """What each load showed, by (cell, clients, server), a measurement a round."""

    measured: dict[tuple[str, int, str], list[Measured]] = field(default_factory=dict)

    def middle(self, cell: Cell, clients: int, server: str, what: str) -> float:
        """The median of one figure over the rounds."""
        return median(getattr(each, what) for each in self.measured[cell.name, clients, server])

    def ratio(self, cell: Cell, clients: int, server: str, against: str, what: str = "rate") -> float:
        """The median of the rounds' ratios: the two of a round met the same load of the machine."""
        own, other = (self.measured[cell.name, clients, name] for name in (server, against))
        pairs = [(getattr(a, what), getattr(b, what)) for a, b in zip(own, other, strict=True)]
        return median(a / b if b else float("inf") for a, b in pairs)


@dataclass(frozen=True)
class Plan:
    """What to run: cells at numbers of clients, how often, how long each."""

    cells: tuple[Cell, ...]
    clients: tuple[int, ...]
    rounds: int
    seconds: float


def measure(servers: list[Server], plan: Plan) -> Iterator[tuple[str, Results]]:
    """Run the plan; after each load what was done, and the results so far."""
    addresses = {(server.name, cell.name): paths(server, cell) for server in servers for cell in plan.cells}
    results = Results()
    for server in servers:
        for cell in plan.cells:
            load(server, cell, addresses[server.name, cell.name], 8, 1)  # warm: plans, statements, caches
    for number in range(plan.rounds):
        for cell in plan.cells:
            for clients in plan.clients:
                turn = servers[number % len(servers) :] + servers[: number % len(servers)]
                for server in turn:
                    found = load(server, cell, addresses[server.name, cell.name], clients, plan.seconds)
                    results.measured.setdefault((cell.name, clients, server.name), []).append(found)
                    yield f"round {number + 1}: {cell.name} by {clients} at {server.name}: {found.rate:,.0f}/s", results


def loads(servers: list[Server], plan: Plan) -> int:
    """How many loads the plan makes."""
    return plan.rounds * len(plan.cells) * len(plan.clients) * len(servers)
