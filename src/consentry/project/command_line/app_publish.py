"""`consentry app publish FILE`: the next version of what an app asks of every school, from its file."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django

if TYPE_CHECKING:
    from consentry.connections.queries.differences import Difference
    from consentry.partners.app_file import AppFile
    from consentry.partners.models import App
    from consentry.workflows.publish_permission_set import Publication


@click.command("publish")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--note", default="", help="What schools should know; otherwise the file's own note.")
@click.option("--yes", is_flag=True, help="Publish without asking first.")
@with_django
def publish(file: Path, note: str, *, yes: bool) -> None:
    """Publish what FILE (TOML) asks for as its app's next version; shows first what differs and what that means.

    What the file says that the app's sync needs of schools' records counts from then on too.
    """
    from consentry.partners.actions.publish_version import check_rows
    from consentry.partners.app_file import read_app_file
    from consentry.rules.invalid import InvalidError

    wanted = read_app_file(file.read_bytes())
    found = _app(wanted)
    check_rows(found, wanted.rows)
    asks, needs = _show(found, wanted), _show_needs(found, wanted)
    if not asks and not needs:
        raise InvalidError("asks", "this is what the newest version asks for already")
    if not yes:
        click.confirm("Publish this? It is for good." if asks else "Declare these needs?", abort=True)
    if needs:
        _declare(found, wanted)
    if asks:
        _told(_publish(found, wanted, note or wanted.note))


def _app(wanted: "AppFile") -> "App":
    """The app that the file is about. Raises InvalidError."""
    from consentry.partners.queries.apps import app_named
    from consentry.rules.invalid import InvalidError

    found = app_named(wanted.app.name)
    if found is None or found.company.name != wanted.company.name:
        raise InvalidError("app.name", f"{wanted.company.name} has no app called {wanted.app.name}: add it first")
    return found


def _show(found: "App", wanted: "AppFile") -> bool:
    """Say what differs from the newest version and what that means at each site; whether anything does."""
    from consentry.connections.queries.differences import differences, reasons_changed
    from consentry.connections.queries.what_is_asked import asked_of_rows
    from consentry.connections.queries.who_would_follow import effect_of
    from consentry.partners.queries.drafts import drafted
    from consentry.web.shown.permission_set import effect_sentences

    kept = drafted(found)
    before, after = asked_of_rows(kept.published), asked_of_rows(wanted.rows)
    changes, words = differences(before, after), reasons_changed(before, after)
    if not changes and not words:
        return False
    click.echo(f"{found.name} by {found.company.name}: version {kept.seen.version + 1}")
    for each in changes:
        for line in _lines(each):
            click.echo(f"  {line}")
    for label in words:
        click.echo(f"  ~ {label}: the reason, or whether it is required")
    for line in effect_sentences(effect_of(found, after), kept.seen.version + 1):
        click.echo(line)
    return True


def _show_needs(found: "App", wanted: "AppFile") -> bool:
    """Say what the sync will need that it does not now, and the reverse; whether anything differs."""
    from consentry.partners.queries.requirements import needs_of

    if wanted.needs is None:
        return False
    before, after = ({need.check: need.reason for need in needs} for needs in (needs_of(found.id), wanted.needs))
    for check in sorted(before.keys() | after.keys()):
        if before.get(check) != after.get(check):
            sign = "+" if check not in before else "-" if check not in after else "~"
            click.echo(f"  {sign} needs: {check.label.lower()}")
    return before != after


def _declare(found: "App", wanted: "AppFile") -> None:
    from django.utils import timezone

    from consentry.audit.actor import OPERATOR
    from consentry.partners.actions.set_requirements import set_requirements

    set_requirements(found, wanted.needs or (), by=OPERATOR, at=timezone.now())
    click.echo("What its sync needs is declared.")


def _lines(change: "Difference") -> list[str]:
    """What is new and what goes of one data type: "+ Students: read; Religion"."""
    label = change.row.label
    parts = (("+", change.actions_added, change.fields_added), ("-", change.actions_removed, change.fields_removed))
    lines = []
    for sign, actions, fields in parts:
        verbs = ", ".join(action.value for action in actions)
        names = ", ".join(field.label + (" (special category)" if field.special else "") for field in fields)
        if verbs or names:
            lines.append(f"{sign} {label}: {'; '.join(filter(None, (verbs, names)))}")
    return lines


def _publish(found: "App", wanted: "AppFile", note: str) -> "Publication":
    """Publish under a bar that fills while sites are brought along."""
    from django.utils import timezone
    from rich.progress import Progress

    from consentry.audit.actor import OPERATOR
    from consentry.workflows.publish_permission_set import publish_permission_set

    with Progress() as bar:
        task = bar.add_task("Bringing sites along", total=None)

        def progress(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        done = publish_permission_set(found, wanted.rows, note=note, by=OPERATOR, at=timezone.now(), progress=progress)
        bar.update(task, completed=1, total=1)
    return done


def _told(done: "Publication") -> None:
    click.echo(f"Version {done.version.number} is published.")
    for followed, count in done.followed.items():
        click.echo(f"  {followed.value}: {count}")
    if done.waiting:
        click.echo(f"  {done.waiting} more come along by the job.")
