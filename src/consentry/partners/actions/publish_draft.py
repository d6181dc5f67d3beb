"""Publish the draft as the next version of what an app asks of every school."""

from datetime import datetime, timedelta

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.actions.publish_version import AskedRow, add_version
from consentry.partners.drafting import as_asked, as_published, same_rows
from consentry.partners.models import App, CompanyMember, PermissionSetVersion
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.drafts import DraftSeen, lock_draft
from consentry.partners.queries.members import check_member_may
from consentry.rules.app_life import AppStage
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError

MOST_A_DAY = 10
"""Versions that an accepted app publishes in a day."""


def publish_draft(app: App, seen: DraftSeen, *, note: str, by: CompanyMember, at: datetime) -> PermissionSetVersion:
    """The draft that was seen is the next version, for good. Each row says in plain words what it is for.

    Raises DraftChangedError when somebody saved or published since, InvalidError for what cannot be published and for
    more than MOST_A_DAY of an accepted app, NotForThisMemberError for a role that does not cover it, App.DoesNotExist
    for another company's app.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        member = check_member_may(by, CompanyAct.PUBLISH)
        if app.company_id != member.company_id:
            raise App.DoesNotExist
        draft = lock_draft(app, seen)
        rows = as_asked(draft.rows)
        _check(app, rows)
        _check_not_too_often(app, at)
        version = add_version(this, app, rows, note)
        draft.edition += 1
        draft.saved_at, draft.saved_by = at, member.user
        draft.save()
    return version


def _check_not_too_often(app: App, at: datetime) -> None:
    """Of an app that schools can connect: each version is told to whoever decides, at each of them."""
    since = PermissionSetVersion.objects.filter(app=app, published_at__gt=at - timedelta(days=1))
    if app.stage == AppStage.ACCEPTED and since.count() >= MOST_A_DAY:
        raise InvalidError("rows", f"{MOST_A_DAY} versions were published since yesterday: go on tomorrow")


def _check(app: App, rows: tuple[AskedRow, ...]) -> None:
    newest = latest_version(app)
    if newest and same_rows(rows, as_published(newest.rows.all())):
        raise InvalidError("rows", f"this is what version {newest.number} asks for already")
    for row in rows:
        if not row.reason:
            raise InvalidError(row.data_type, "say in plain words what it is needed for: schools read it")
