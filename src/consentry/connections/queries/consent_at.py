"""What somebody is asked to approve by the connect link: an app at a site, whether it ever asked there or not."""

from dataclasses import dataclass
from datetime import datetime

from consentry.connections.may_connect import in_the_apps_way
from consentry.connections.models import Connection
from consentry.connections.queries.connection_at import AboutApp, ShownVersion, about_app
from consentry.connections.queries.what_is_asked import what_is_asked
from consentry.connections.queries.who_decided import who_decided
from consentry.partners.models import App, PermissionSetVersion
from consentry.partners.queries.apps import app_by_user, latest_version
from consentry.rules.connection_life import MoveRefusal, State
from consentry.rules.identity import SchoolId
from consentry.schools.models import Site


@dataclass(frozen=True)
class AskedConsent:
    """The app, where it stands at the site, and the version: the one in force while approved, or else the newest.

    `version_id` and `moves` (0 before the app ever asked) are what is decided on. `in_the_way` says why nobody can
    approve it now.
    """

    app: AboutApp
    state: State
    version: ShownVersion | None
    version_id: int
    moves: int
    decided_at: datetime | None
    decided_by: str
    in_the_way: MoveRefusal | None


def consent_at(school: SchoolId, application_user: str) -> AskedConsent:
    """Raises App.DoesNotExist."""
    app, site = app_by_user(application_user), Site.objects.get(id=school)
    decided = Connection.objects.select_related("version", "decided_by", "decided_from")
    found = decided.filter(school=school, app=app).first()
    version = version_to_approve(app, found)
    return AskedConsent(
        app=about_app(app),
        state=State(found.state) if found else State.NONE,
        version=_shown(version) if version else None,
        version_id=version.id if version else 0,
        moves=found.moves if found else 0,
        decided_at=found.decided_at if found else None,
        decided_by=who_decided(found) if found else "",
        in_the_way=_in_the_way(app, site, version),
    )


def version_to_approve(app: App, found: Connection | None) -> PermissionSetVersion | None:
    """The version in force while the site approves the app, which the link leaves alone; or else the app's newest."""
    return found.version if found and found.state == State.APPROVED else latest_version(app)


def _shown(version: PermissionSetVersion) -> ShownVersion:
    return ShownVersion(version.number, version.published_at, what_is_asked([version.id])[version.id])


def _in_the_way(app: App, site: Site, version: PermissionSetVersion | None) -> MoveRefusal | None:
    if version is None and app.suspended_at is None:
        return MoveRefusal.NOTHING_PUBLISHED
    return in_the_apps_way(app, site)
