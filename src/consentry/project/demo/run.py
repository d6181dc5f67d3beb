"""The demo from its first line to its last."""

import subprocess
from pathlib import Path

import click
from django.conf import settings

from consentry.project.demo.cast import MAIN_APP, PEOPLE
from consentry.project.demo.fresh_start import start_fresh
from consentry.project.demo.left_behind import describe, leave_behind
from consentry.project.demo.server import check_free, serving
from consentry.project.demo.stage import Stage, set_stage
from consentry.project.demo.story import Story

EXAMPLES = Path("examples")


def run_demo(port: int, *, stay: bool) -> None:
    """Set the stage, play the story, leave demo.json, and stay up until Ctrl-C (unless `stay` is false)."""
    check_free(port)
    var: Path = settings.CONFIG.var
    base_url = f"http://127.0.0.1:{port}"
    click.secho("Setting the stage: two schools of one trust, from CTF, OneRoster and CSV files", bold=True)
    start_fresh()
    stage = set_stage(var / "demo-files", EXAMPLES / "apps")
    with serving(port) as server:
        Story(
            base_url, EXAMPLES / "class_sync" / "class_sync.py", stage.apps[MAIN_APP], stage.passwords[PEOPLE[0].email]
        ).play()
        leave_behind(describe(stage, base_url), *places(var))
        _tell(stage, base_url, var)
        if stay:
            _wait_for(server)


def places(var: Path) -> list[Path]:
    """Where demo.json goes: the demo's own folder, and var/demo.json, which is the last demo's."""
    return list(dict.fromkeys([var / "demo.json", Path("var").resolve() / "demo.json"]))


def _tell(stage: Stage, base_url: str, var: Path) -> None:
    click.secho(f"\nReady at {base_url}", bold=True)
    for person in PEOPLE:
        click.echo(f"   {person.email:36} {stage.passwords[person.email]}   {person.site}: {person.what_for}")
    click.echo(f"   All of it for programs: {var / 'demo.json'}")


def _wait_for(server: "subprocess.Popen[bytes]") -> None:
    click.echo("   Ctrl-C ends it.")
    try:
        server.wait()
    except KeyboardInterrupt:
        click.echo("Ending.")
