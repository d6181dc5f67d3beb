"""Bringing the database up to date: migrations as the owner, what the program's role may do, the product's roles."""

from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from consentry.people.actions.update_roles import update_roles
from consentry.returns.actions.add_shipped_collectors import add_shipped_collectors
from consentry.returns.models import Collector

_GRANTS = """
grant usage on schema public to {role};
grant select, insert, update, delete on all tables in schema public to {role};
grant usage, select on all sequences in schema public to {role};
grant execute on all functions in schema public to {role};
"""


def bring_up_to_date(*, verbosity: int = 0) -> None:
    """Migrate, make the cache table, give the program's role its rights, and update the business roles of all sites.

    Safe to run again and again.
    """
    with connections["owner"].cursor() as cursor:
        cursor.execute("set lock_timeout = '4s'")
    _toolkits_first()
    call_command("migrate", database="owner", interactive=False, verbosity=verbosity)
    call_command("createcachetable", database="owner", verbosity=0)
    _grant()
    connections["owner"].close()
    update_roles(at=timezone.now())


def add_what_is_shipped() -> list[Collector]:
    """The collectors that the product comes with and that were not there yet, after `bring_up_to_date`."""
    return add_shipped_collectors(at=timezone.now())


def _toolkits_first() -> None:
    """Apply the toolkits' own migrations while there are few models: each of theirs would look at all of ours."""
    executor = MigrationExecutor(connections["owner"])
    ours = {each.label for each in apps.get_app_configs() if each.name.startswith("consentry.")}
    theirs = [node for node in executor.loader.graph.leaf_nodes() if node[0] not in ours]
    if plan := executor.migration_plan(theirs):
        executor.migrate(theirs, plan)


def _grant() -> None:
    role = connections["default"].settings_dict["USER"]
    with connections["owner"].cursor() as cursor:
        cursor.execute("select current_user")
        (owner,) = cursor.fetchone()
        if owner != role:
            cursor.execute(_GRANTS.format(role=connections["owner"].ops.quote_name(role)))


def is_up_to_date() -> bool:
    """Whether every migration has been applied."""
    executor = MigrationExecutor(connections["default"])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
