"""An empty database for the demo, each time: what is left of an earlier run would spoil the story."""

from django.conf import settings
from django.db import connections

from consentry.project.config import Config, ConfigurationError
from consentry.project.migrate import add_what_is_shipped, bring_up_to_date


def start_fresh() -> None:
    """Drop and make the embedded database anew, bring it up to date, and add what the product comes with.

    Raises ConfigurationError where DATABASE_URL names a database: a demo never empties one that is not its own.
    """
    config: Config = settings.CONFIG
    if not config.is_embedded:
        raise ConfigurationError("The demo runs on the embedded database alone: unset DATABASE_URL.")
    owner = connections["owner"]
    name = owner.settings_dict["NAME"]
    for alias in connections:
        connections[alias].close()
    owner.settings_dict["NAME"] = "postgres"
    with owner.cursor() as cursor:
        cursor.execute(f"drop database if exists {owner.ops.quote_name(name)} with (force)")
        cursor.execute(f"create database {owner.ops.quote_name(name)}")
    owner.close()
    owner.settings_dict["NAME"] = name
    bring_up_to_date()
    add_what_is_shipped()
