"""Getting Django ready inside a command, so that `--help` stays quick."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Set Django up before the command's body runs."""

    @functools.wraps(command)
    def ready(*args: P.args, **options: P.kwargs) -> R:
        import django

        django.setup()
        return command(*args, **options)

    return ready
