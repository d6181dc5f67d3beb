"""`consentry returns …`: what schools send to collectors of attendance: looked at, sent, watched."""

import json
import sys
from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django
from consentry.project.command_line.returns_collectors import COLLECTOR, activate, discontinue, profile, secret, suspend

if TYPE_CHECKING:
    from datetime import datetime

    from consentry.project.returning import Sent
    from consentry.schools.models import Site

_SITE = click.option("--site", help="The slug of a school.")
_ONE_COLLECTOR = click.option("--collector", "collector", help="The slug of a collector.")


@click.group("returns")
def returns() -> None:
    """Returns of attendance, and the collectors that they are sent to."""


for each in (activate, discontinue, profile, secret, suspend):
    returns.add_command(each)


@returns.command("collectors")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_django
def list_collectors(*, as_json: bool) -> None:
    """List the collectors."""
    from consentry.project.returns_shown import listed, print_rows
    from consentry.returns.queries.collectors import all_collectors

    rows = listed(list(all_collectors()))
    click.echo(json.dumps(rows, indent=2)) if as_json else print_rows(rows)


@returns.command("preview")
@click.option("--site", required=True, help="The slug of the school.")
@COLLECTOR
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day of the run; today as it comes.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, also where the collector wants CSV, and faults too.")
@with_django
def preview(site: str, collector: str, day: "datetime | None", *, as_json: bool) -> None:
    """Print exactly the document that would be sent, or the faults that keep it back (exit 1). Nothing is sent."""
    from django.utils import timezone

    from consentry.project.returning import collector_called, school_called
    from consentry.project.returns_shown import document_of, fault_line, made_of
    from consentry.rules.calendar_faults import EARLIEST, LATEST
    from consentry.rules.invalid import InvalidError

    if day and not EARLIEST <= day.date() <= LATEST:
        raise InvalidError("date", f"is a day of the years {EARLIEST.year} to {LATEST.year}")
    asking = collector_called(collector)
    made = made_of(school_called(site), asking, day.date() if day else timezone.localdate())
    if as_json:
        click.echo(json.dumps(document_of(made, asking), separators=(",", ":")))
    elif made.document is not None:
        click.echo(made.document, nl=False)
    else:
        click.echo("\n".join(map(fault_line, made.faults)), err=True)
    sys.exit(1 if made.faults else 0)


@returns.command("send")
@_SITE
@_ONE_COLLECTOR
@click.option("--now", "by_hand", is_flag=True, help="Make it anew and send it, whatever is due; needs --site.")
@with_django
def send(site: str | None, collector: str | None, *, by_hand: bool) -> None:
    """Make what is due now and send what waits, as the worker does each minute. Exit 1 where something failed."""
    from consentry.project.returning import school_called
    from consentry.rules.invalid import InvalidError

    found = school_called(site) if site else None
    if not by_hand:
        sent = _send_due(found, collector)
    elif found is not None:
        sent = _send_by_hand(found, collector)
    else:
        raise InvalidError("site", "--now is for one school: say which, with --site")
    if site or len(sent) == 1:
        for each in sent:
            click.echo(f"{each.site.slug} to {each.collector.slug}: {each.state}")
    _sum_up(sent)
    sys.exit(0 if all(each.is_well for each in sent) else 1)


def _send_by_hand(site: "Site", collector: str | None) -> "list[Sent]":
    from django.conf import settings

    from consentry.project.returning import collectors_for, send_by_hand

    return [send_by_hand(site, each, settings.CONFIG.collector_ca) for each in collectors_for(site, collector)]


def _send_due(site: "Site | None", collector: str | None) -> "list[Sent]":
    from django.conf import settings
    from django.utils import timezone
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from consentry.project.returning import due_now, send_due

    due = due_now(site, collector, timezone.now())
    columns = TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task("", total=len(due))
        return list(send_due(due, settings.CONFIG.collector_ca, lambda: bar.advance(task)))


def _sum_up(sent: "list[Sent]") -> None:
    from collections import Counter

    counts = Counter(each.state for each in sent)
    click.echo(", ".join(f"{count:,} {state}" for state, count in sorted(counts.items())) or "nothing is due")


@returns.command("status")
@_SITE
@_ONE_COLLECTOR
@click.option("--json", "as_json", is_flag=True, help="For programs.")
@with_django
def status(site: str | None, collector: str | None, *, as_json: bool) -> None:
    """Say for each collector how many consent, when it received something last, what waits and what failed today."""
    from django.utils import timezone

    from consentry.project.returning import collectors_for, school_called
    from consentry.project.returns_shown import print_rows, standing_of_all, standing_of_school

    found, today = school_called(site) if site else None, timezone.localdate()
    asking = collectors_for(found, collector)
    rows = standing_of_school(found, asking, today) if found else standing_of_all(asking, today)
    click.echo(json.dumps(rows, indent=2)) if as_json else print_rows(rows)
