"""`python -m bench [--quick]`: measure everything, print it beside the goals, leave it in results/latest.md."""

import platform
from dataclasses import replace
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Shown

from bench.calls import check_same
from bench.cells import CELLS
from bench.databases import prepare
from bench.load import require_wrk
from bench.promises import check_promises
from bench.report import Check, Table, as_markdown, check_table, goal_table, rate_tables
from bench.rounds import Plan, Results, loads, measure
from bench.servers import BARE, DRF, DURABLE, FAST, FASTAPI, LEAN, Server, running

HERE = Path(__file__).parent
QUICK = Plan(CELLS, (8,), rounds=2, seconds=2)
WHOLE = Plan(CELLS, (1, 8, 32), rounds=3, seconds=2)
console = Console(width=130)


@click.command()
@click.option("--quick", is_flag=True, help="Two short rounds at 8 clients, and the promises in short.")
@click.option(
    "--var", default=HERE.parent / "var" / "bench", type=click.Path(path_type=Path), help="Where the database is kept."
)
@click.option("--only", type=click.Choice(["rates", "promises"]), help="One half of it.")
@click.option("--clients", default="", help="Numbers of clients with commas between, in place of the plan's.")
@click.option("--rounds", default=0, help="How many rounds, in place of the plan's.")
def main(*, quick: bool, var: Path, only: str | None, clients: str, rounds: int) -> None:
    """Measure this program beside a bare pass-through and two idiomatic services."""
    require_wrk()
    console.print("Making the databases at the first run takes some minutes.")
    one, many = prepare(var)
    plan, tables, checks = (QUICK if quick else WHOLE), list[Table](), list[Check]()
    plan = replace(plan, rounds=rounds or plan.rounds)
    if clients:
        plan = replace(plan, clients=tuple(map(int, clients.split(","))))
    if only != "promises":
        wanted = [(kind, one) for kind in (DURABLE, FAST, BARE, DRF, LEAN, FASTAPI)] + [(DURABLE, many), (FAST, many)]
        with running(wanted, var / "logs") as servers:
            check_same(servers)
            results = _measure(servers, plan)
            tables += [goal_table(results), *rate_tables(results, servers, plan)]
    if only != "rates":
        checks = check_promises(one, var / "logs", quick=quick)
        tables.insert(1 if tables else 0, check_table(checks))
    _tell(tables, _circumstances(plan, quick=quick))


def _measure(servers: list[Server], plan: Plan) -> Results:
    results = Results()
    with Progress(console=console) as progress:
        task = progress.add_task("measuring", total=loads(servers, plan))
        for done, results in measure(servers, plan):  # noqa: B007 - the last one is wanted
            progress.update(task, advance=1, description=done)
    return results


def _circumstances(plan: Plan, *, quick: bool) -> str:
    load = ", ".join(f"{each:.1f}" for each in getloadavg())
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    what = "`python -m bench --quick`" if quick else "`python -m bench`"
    return (
        f"{what}, {when}. {cpu_count()} processors for load generator, servers and PostgreSQL together; "
        f"load of the machine at the end {load}; Python {platform.python_version()}. "
        f"{plan.rounds} interleaved rounds of {plan.seconds:g} s a load, medians."
    )


def _tell(tables: list[Table], said: str) -> None:
    for title, head, rows in tables:
        shown = Shown(*head, title=title, title_justify="left")
        for row in rows:
            shown.add_row(*row)
        console.print(shown)
    page = HERE / "results" / "latest.md"
    page.parent.mkdir(exist_ok=True)
    page.write_text(as_markdown(tables, said))
    console.print(said, f"Written to {page.relative_to(HERE.parent)}.")


if __name__ == "__main__":
    main()
