"""`consentry …`: what an operator does from a terminal. Each command is a file; this puts them together."""

import os
import sys

import click

from consentry.project.command_line.app import app
from consentry.project.command_line.calendar import calendar
from consentry.project.command_line.check import check
from consentry.project.command_line.collector import collector
from consentry.project.command_line.company import company
from consentry.project.command_line.demo import demo
from consentry.project.command_line.events import events
from consentry.project.command_line.going_live import go_live, id_map
from consentry.project.command_line.import_file import import_file
from consentry.project.command_line.keys import keys
from consentry.project.command_line.migrate import migrate
from consentry.project.command_line.operator import operator
from consentry.project.command_line.page import page
from consentry.project.command_line.returns import returns
from consentry.project.command_line.role import role
from consentry.project.command_line.serve import serve
from consentry.project.command_line.site import school, trust
from consentry.project.command_line.terms import terms
from consentry.project.command_line.user import user
from consentry.project.config import ConfigurationError
from consentry.project.embedded import EmbeddedError
from consentry.rules.invalid import InvalidError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="consentry")
def commands() -> None:
    """The gate in front of a school's data: apps ask, schools decide, every call is held to the decision."""


for command in (
    serve,
    demo,
    migrate,
    check,
    school,
    trust,
    user,
    company,
    app,
    import_file,
    calendar,
    events,
    terms,
    page,
    role,
    operator,
    keys,
    collector,
    returns,
):
    commands.add_command(command)
for command in (go_live, id_map):
    school.add_command(command)


def main() -> None:
    """Run the command of sys.argv; what is wrong with the input or the deployment is said in words, without a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "consentry.project.settings")
    try:
        commands()
    except (ConfigurationError, EmbeddedError, InvalidError) as error:
        click.echo(f"consentry: {error}", err=True)
        sys.exit(2)
