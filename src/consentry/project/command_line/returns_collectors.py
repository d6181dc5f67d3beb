"""The part of `consentry returns` that changes collectors: profiles, secrets, activating, suspending, discontinuing."""

import sys
from pathlib import Path

import click

from consentry.project.command_line.ready import with_django

COLLECTOR = click.option("--collector", required=True, help="The slug of the collector.")
_NOTICE = click.option("--notice", required=True, help="What schools read about it.")
_WHICH = {"first": "first secret", "second": "second secret", "subscription-key": "subscription key"}


@click.group("profile")
def profile() -> None:
    """Collectors described in files."""


@profile.command("add")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_django
def add_profile(file: Path) -> None:
    """Add the collector that FILE (TOML) tells of. It is suspended until it is activated."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.returns.actions.add_collector import add_collector
    from consentry.returns.profile_file import read_profile

    added = add_collector(read_profile(file.read_bytes()), by=OPERATOR, at=timezone.now())
    click.echo(f"{added.name} was added as {added.slug}, suspended. Set its secrets, and activate it.")


@click.command("secret")
@COLLECTOR
@click.option("--which", type=click.Choice(list(_WHICH)), default="first", show_default=True)
@click.option("--remove", is_flag=True, help="Take it away.")
@with_django
def secret(collector: str, which: str, *, remove: bool) -> None:
    """Set by what the collector knows you: read from standard input, or asked for. It is shown to nobody again."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.project.returning import collector_called
    from consentry.returns.actions.set_collector_secret import set_collector_secret
    from consentry.rules.invalid import InvalidError

    found = collector_called(collector)
    clear = "" if remove else _typed()
    if not clear and not remove:
        raise InvalidError("secret", "nothing was typed; --remove takes it away")
    set_collector_secret(found.id, _WHICH[which], clear, by=OPERATOR, at=timezone.now())
    click.echo(f"The {_WHICH[which]} of {found.name} is {'removed' if remove else 'set'}.")


def _typed() -> str:
    """A line from a pipe, or what is typed unseen. Never an argument: those are seen by everybody on the machine."""
    if sys.stdin.isatty():
        return str(click.prompt("Secret", hide_input=True))
    return sys.stdin.readline().rstrip("\r\n")


@click.command("activate")
@COLLECTOR
@with_django
def activate(collector: str) -> None:
    """Send to it from its next run on."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.project.returning import collector_called
    from consentry.returns.actions.activate_collector import activate_collector

    found = activate_collector(collector_called(collector).id, by=OPERATOR, at=timezone.now())
    click.echo(f"{found.name} is active.")


@click.command("suspend")
@COLLECTOR
@_NOTICE
@with_django
def suspend(collector: str, notice: str) -> None:
    """Send nothing to it until it is activated again. Consents stay; what waits is called off when it is due."""
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.project.returning import collector_called
    from consentry.returns.actions.suspend_collector import suspend_collector

    found = suspend_collector(collector_called(collector).id, notice, by=OPERATOR, at=timezone.now())
    click.echo(f"{found.name} is suspended: nothing is sent to it.")


@click.command("discontinue")
@COLLECTOR
@_NOTICE
@click.option("--yes", is_flag=True, help="Do not ask first.")
@with_django
def discontinue(collector: str, notice: str, *, yes: bool) -> None:
    """Send nothing to it any more, for good: every school's consent ends, and what waits is called off.

    Stopped in between, the worker goes on within a minute; nothing is sent in any case.
    """
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.project.returning import collector_called
    from consentry.returns.actions.discontinue_collector import discontinue_collector
    from consentry.returns.queries.standings import at_stake

    found = collector_called(collector)
    ends = at_stake(found)
    click.echo(f"{found.name}: {ends.consents:,} consents end, {ends.waiting:,} that wait are called off. For good.")
    if not yes:
        click.confirm("Discontinue it?", abort=True)
    discontinue_collector(found.id, notice, by=OPERATOR, at=timezone.now())
    click.echo(f"{found.name} is discontinued. {_end_all():,} consents are ended, and their schools told.")


def _end_all() -> int:
    """End them under a bar; how many ended."""
    from django.utils import timezone
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from consentry.returns.actions.end_consents import end_consents

    columns = TextColumn("Ending consents"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=None)
        return end_consents(
            at=timezone.now(), progress=lambda done, total: bar.update(task, completed=done, total=total)
        )
