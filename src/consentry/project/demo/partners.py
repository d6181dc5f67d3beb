"""What goes on between schools and companies by then: one asks for more, and a school wishes for another app."""

from pathlib import Path

from django.utils import timezone

from consentry.audit.actor import OPERATOR
from consentry.partners.actions.ask_for_app import ask_for_app
from consentry.partners.app_file import read_app_file
from consentry.partners.models import App
from consentry.people.queries.users import account_called
from consentry.project.config import ConfigurationError
from consentry.project.demo.cast import GIVER, INVITED, WISH
from consentry.schools.queries import site_by_slug
from consentry.workflows.publish_permission_set import publish_permission_set


def ask_for_more(app: App, file: Path) -> None:
    """The app publishes its next version, which waits as a review wherever it is approved."""
    wanted = read_app_file(file.read_bytes())
    publish_permission_set(app, wanted.rows, note=wanted.note, by=OPERATOR, at=timezone.now())


def wish_for_an_app() -> None:
    """A school asks for an app that is no partner yet."""
    site = site_by_slug(INVITED.site)
    account = account_called(site, GIVER)
    if account is None:
        raise ConfigurationError(f"Nobody at {site.name} signs in as {GIVER}.")
    ask_for_app(site, WISH, by=account, at=timezone.now())
