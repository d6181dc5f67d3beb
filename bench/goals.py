"""What the product set itself: ratios of requests per second at 8 clients, side by side in one run."""

from dataclasses import dataclass

from bench.cells import A10K, S1, S100, SYNC, Cell


@dataclass(frozen=True)
class Goal:
    """`server` shall reach `least` times the requests per second of `against`."""

    cell: Cell
    server: str
    against: str
    least: float


CLIENTS = 8
GOALS = (
    Goal(S100, "durable", "bare", 0.5),
    Goal(S100, "durable", "drf", 10),
    Goal(S100, "durable", "fastapi", 6),
    Goal(S1, "durable", "bare", 0.3),
    Goal(A10K, "durable", "bare", 0.9),
    Goal(A10K, "durable", "drf-lean", 10),
    Goal(S100, "async", "bare", 0.65),
    Goal(S1, "async", "bare", 0.5),
    Goal(A10K, "async", "bare", 0.9),
    *(Goal(cell, f"{kind}@many", kind, 0.9) for kind in ("durable", "async") for cell in (S100, S1, SYNC, A10K)),
)
"""The last ones: no slower with 200 schools than with one, within the 10 % that are noise here."""
