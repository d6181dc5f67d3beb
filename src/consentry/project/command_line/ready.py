"""Getting Django ready inside a command, so that `--help` stays quick."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_BEHIND = "the database has not the tables that this needs: run `consentry migrate`, then this again"


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Set Django up before the command's body runs.

    The command raises ConfigurationError where the database lacks what a migration would have made.
    """

    @functools.wraps(command)
    def ready(*args: P.args, **options: P.kwargs) -> R:
        import django
        from django.db import ProgrammingError

        from consentry.project.config import ConfigurationError

        django.setup()
        try:
            return command(*args, **options)
        except ProgrammingError as error:
            from consentry.project.migrate import is_up_to_date

            if is_up_to_date():
                raise
            raise ConfigurationError(_BEHIND) from error

    return ready


def before_migrating(command: Callable[P, R]) -> Callable[P, R]:
    """Only set Django up: for the command that makes the tables, whose errors are about something else."""

    @functools.wraps(command)
    def ready(*args: P.args, **options: P.kwargs) -> R:
        import django

        django.setup()
        return command(*args, **options)

    return ready
