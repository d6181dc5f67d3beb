"""Where one app stands at every site: one of the few questions that reach across sites."""

from dataclasses import dataclass

from django.db import connection

from consentry.partners.models import App


@dataclass(frozen=True)
class Standing:
    """One connection of the app, without anything of the site's records."""

    site: str
    name: str
    life: str
    state: str
    version: int | None


def connections_of_app(app: App) -> list[Standing]:
    """The app's connections by the name of the site. Asked through the database function of the same name."""
    with connection.cursor() as cursor:
        cursor.execute("select slug, site_name, life, state, version_number from connections_of_app(%s)", [app.id])
        return [Standing(*row) for row in cursor.fetchall()]
