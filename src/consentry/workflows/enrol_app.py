"""Enrol an app: its company if it is new, the app, its first version and its first secret."""

from dataclasses import dataclass
from datetime import datetime

from consentry.audit.actor import Actor
from consentry.partners.actions.add_company import add_company
from consentry.partners.actions.issue_secret import issue_secret
from consentry.partners.actions.publish_version import publish_version
from consentry.partners.actions.register_app import register_app
from consentry.partners.actions.set_redirect_uris import set_redirect_uris
from consentry.partners.actions.set_requirements import set_requirements
from consentry.partners.app_file import AppFile
from consentry.partners.models import App
from consentry.partners.queries.companies import company_named


@dataclass(frozen=True)
class EnrolledApp:
    """The app and its first secret, which can be seen here and never again."""

    app: App
    secret: str


def enrol_app(file: AppFile, *, by: Actor, at: datetime) -> EnrolledApp:
    """One step after the other, each a use case of its own. Raises InvalidError for what a step cannot take."""
    company = company_named(file.company.name) or add_company(file.company, by=by, at=at)
    app = register_app(company, file.app, by=by, at=at)
    if file.redirect_uris:
        set_redirect_uris(app, file.redirect_uris, by=by, at=at)
    if file.needs:
        set_requirements(app, file.needs, by=by, at=at)
    publish_version(app, file.rows, note=file.note, by=by, at=at)
    return EnrolledApp(app, issue_secret(app, by=by, at=at))
