"""The demo from its first line to its last."""

import subprocess
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from consentry.project.demo.attendance_story import play_attendance
from consentry.project.demo.cast import MAIN_APP, MEMBER, PEOPLE, SCHOOLS, SSO_SITE
from consentry.project.demo.collector import BEYOND, collecting, enrol_collector
from consentry.project.demo.fresh_start import start_fresh
from consentry.project.demo.identity_provider import switch_sso_on, vouching
from consentry.project.demo.left_behind import describe, leave_behind
from consentry.project.demo.server import check_free, serving
from consentry.project.demo.stage import Examples, Stage, set_stage
from consentry.project.demo.story import Story
from consentry.project.demo.to_try import to_try

EXAMPLES = Examples(
    apps=Path("examples/apps"),
    terms=Path("examples/terms/terms-1.md"),
    program=Path("examples/class_sync/class_sync.py"),
)
DEFAULT_PORT = 8000
FILES, COLLECTS = "demo-files", "collector"


def run_demo(port: int, *, stay: bool, small: bool) -> None:
    """Set the stage, play the story, leave demo.json, and stay up until Ctrl-C (unless `stay` is false).

    `small`: with a tenth of the pupils and one week of marks.
    """
    check_free(port)
    check_free(port + BEYOND)
    var: Path = settings.CONFIG.var
    base_url = f"http://127.0.0.1:{port}"
    click.secho("Setting the stage: two schools of one trust, from CTF, OneRoster and CSV files", bold=True)
    start_fresh()
    schools = [school.until(timezone.localdate()) for school in SCHOOLS]
    stage = set_stage(var / FILES, EXAMPLES, [school.in_small() for school in schools] if small else schools)
    with vouching() as is_vouching, collecting(var / COLLECTS, port) as running, serving(port) as server:
        if is_vouching:
            switch_sso_on(SSO_SITE)
        collector = enrol_collector(running)
        story = Story(base_url, EXAMPLES.program, stage.apps[MAIN_APP], stage.passwords[PEOPLE[0].email])
        story.play()
        play_attendance(story, collector)
        leave_behind(describe(stage, base_url, collector), *places(var))
        if stay:
            click.secho(f"\nReady at {base_url}", bold=True)
            _tell(stage, var, port)
            if is_vouching:
                click.echo(f"   Single sign-on, with a practice provider for Google: {base_url}/{SSO_SITE}/sign-in")
            _wait_for(server)
    if not stay:
        click.secho(f"\nAll is made; nothing runs. To serve it at {base_url}:", bold=True)
        click.echo(f"   {serve_command(var, port)}")
        click.echo("   and, for what is sent to the collector, beside it:")
        click.echo(f"   {collect_command(var, port)}")
        _tell(stage, var, port)


def places(var: Path) -> list[Path]:
    """Where demo.json goes: the demo's own folder, and the folder around it, which has the last demo's."""
    return [var / "demo.json", var.parent / "demo.json"]


def serve_command(var: Path, port: int) -> str:
    """What serves the demo's data at this port."""
    own_address = "" if port == DEFAULT_PORT else f" CONSENTRY_BASE_URL=http://127.0.0.1:{port}"
    trusted = f" CONSENTRY_COLLECTOR_CA={_as_named(var) / COLLECTS / 'ca.pem'}"
    return f"CONSENTRY_VAR={_as_named(var)}{trusted}{own_address} .venv/bin/consentry serve --port {port}"


def collect_command(var: Path, port: int) -> str:
    """What runs the demo's collector again, with all that it holds."""
    return f".venv/bin/consentry collector --folder {_as_named(var) / COLLECTS} --port {port + BEYOND}"


def _as_named(folder: Path) -> Path:
    """The folder as a command run from here names it."""
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _tell(stage: Stage, var: Path, port: int) -> None:
    for person in PEOPLE:
        click.echo(f"   {person.email:36} {stage.passwords[person.email]}   {person.site}: {person.what_for}")
    click.echo(f"   {MEMBER.email:36} {stage.passwords[MEMBER.email]}   /partners/: {MEMBER.what_for}")
    click.echo("   To try:")
    for line in to_try(_as_named(var), _as_named(var) / FILES, port):
        click.echo(f"   - {line}" if not line.startswith(" ") else f"  {line}")
    own, last = places(var)
    click.echo(f"   All of it for programs: {last} (the last demo's; this one's own: {own})")


def _wait_for(server: "subprocess.Popen[bytes]") -> None:
    click.echo("   Ctrl-C ends it.")
    try:
        server.wait()
    except KeyboardInterrupt:
        click.echo("Ending.")
