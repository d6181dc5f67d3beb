"""`consentry collector`: a reference collector, to try submissions against. It needs no database and no settings."""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from consentry.project.config import ConfigurationError

_NEEDED = ("flask", "jsonschema_rs", "gunicorn")
FAULTS = ("none", "error", "too_many", "slow", "drop", "bad_token", "wrong_secret")


@click.command()
@click.option("--port", default=8443, show_default=True, type=click.IntRange(0, 65535), help="0: any that is free.")
@click.option("--folder", required=True, type=click.Path(file_okay=False, path_type=Path), help="What it keeps.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--token-seconds", default=3600, show_default=True, type=click.IntRange(1, 86_400))
@click.option("--subscription-key", "needs_subscription_key", is_flag=True, help="Demand a subscription key as well.")
@click.option("--fault", default="none", show_default=True, type=click.Choice(FAULTS), help="Switched on at once.")
@click.option("--with-parent", is_flag=True, help="End when the process that started it is gone.")
def collector(folder: Path, **options: Any) -> None:
    """Stand where a government's collector stands, over HTTPS, until SIGTERM or Ctrl-C.

    FOLDER/collector.json says where it is and holds the secrets to talk to it; FOLDER/ca.pem vouches for it.
    """
    if any(find_spec(each) is None for each in _NEEDED):
        raise ConfigurationError("The collector is an extra: `pip install 'consentry[collector]'`.")
    from consentry.collector.server import serve
    from consentry.collector.serving import Options

    serve(Options(folder=os.fspath(folder), **options))
