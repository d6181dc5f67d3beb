"""`consentry demo`: the main job on a fresh database, step by step."""

import os
from pathlib import Path

import click

DEFAULT_PORT = 8000


@click.command()
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data-only", is_flag=True, help="Do all of it, but do not stay up.")
@click.option(
    "--small", is_flag=True, help="A tenth of the pupils and one week of marks: done in a quarter of the time."
)
def demo(port: int, *, data_only: bool, small: bool) -> None:
    """Play the main job: an app asks, the school approves, it reads, the school rejects, it is refused.

    Each port has a database of its own, which is emptied first.
    """
    root = Path(os.environ.get("CONSENTRY_VAR", "var"))
    os.environ["CONSENTRY_VAR"] = str(root / f"demo-{port}")
    os.environ["CONSENTRY_BASE_URL"] = f"http://127.0.0.1:{port}"
    import django

    django.setup()
    from consentry.project.demo.run import run_demo

    run_demo(port, stay=not data_only, small=small)
