"""`consentry page …`: which permissions open which page, everywhere."""

from typing import TYPE_CHECKING

import click

from consentry.project.command_line.ready import with_django
from consentry.rules.pages import Page
from consentry.rules.permissions import Level, Permission

if TYPE_CHECKING:
    from consentry.rules.pages import Opening

_LEVEL = click.option(
    "--at", "level", required=True, type=click.Choice([each.value for each in Level]), help="At sites of this level."
)
_WIDE = 220
_PAGE = click.argument("page", type=click.Choice([each.value for each in Page]), metavar="PAGE")


@click.group("page")
def page() -> None:
    """What opens the pages that not everybody may use."""


@page.command("list")
@with_django
def list_pages() -> None:
    """Every such page, what opens it now, and what the product comes with where that differs."""
    from rich.console import Console
    from rich.table import Table

    from consentry.people.queries.permissions import openings_at
    from consentry.rules.pages import OPENED_BY, TITLES

    table = Table("At", "Page", "What it is", "Opened by any of", "As the product comes")
    for level in Level:
        for each, opening in openings_at(level).items():
            usual = OPENED_BY[level][each]
            table.add_row(
                level.value,
                each.value,
                TITLES[each],
                _lines(opening),
                "the same" if opening == usual else _lines(usual),
            )
    console = Console()
    if not console.is_terminal:  # a file or a pipe has no width: nothing is folded there
        console.width = _WIDE
    console.print(table)


@page.command("set")
@_PAGE
@click.argument("permissions", nargs=-1, required=True, metavar="PERMISSION...")
@_LEVEL
@with_django
def set_page(page: str, permissions: tuple[str, ...], level: str) -> None:
    """Let any one of these permissions open PAGE, and nothing else. The first is named to those who have none.

    For example: consentry page set sso-settings "Staff: User Details: Administer" --at school
    """
    from consentry.people.queries.permissions import openings_at

    _change(level, page, tuple(_permission(each) for each in permissions))
    opening = openings_at(Level(level))[Page(page)]
    click.echo(f"{page} is opened by {' or '.join(opening)} from the next click on.")
    _warn(level, page)


@page.command("reset")
@_PAGE
@_LEVEL
@with_django
def reset_page(page: str, level: str) -> None:
    """Let what the product comes with open PAGE again."""
    _change(level, page, None)
    click.echo(f"{page} is opened as the product comes from the next click on.")
    _warn(level, page)


def _change(level: str, page: str, opening: "Opening | None") -> None:
    from django.utils import timezone

    from consentry.people.actions.change_page_permissions import change_page_permissions

    change_page_permissions(Level(level), Page(page), opening, at=timezone.now())


def _warn(level: str, page: str) -> None:
    """Name the sites where nobody can open the page any more."""
    from django.utils import timezone

    from consentry.people.queries.permissions import sites_without

    shut = sites_without(Page(page), Level(level), timezone.localdate())
    if shut:
        names = "\n  ".join(f"{each.name} ({each.slug})" for each in shut)
        click.echo(f"Warning: nobody of their own people can open it now at:\n  {names}", err=True)


def _permission(name: str) -> Permission:
    from consentry.rules.invalid import InvalidError

    try:
        return Permission(name)
    except ValueError:
        known = "\n  ".join(Permission)
        raise InvalidError("permission", f"there is no permission “{name}”; there are:\n  {known}") from None


def _lines(opening: "Opening") -> str:
    return "\n".join(opening)
