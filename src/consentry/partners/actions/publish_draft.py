"""Publish the draft as the next version of what an app asks of every school."""

from datetime import datetime

from consentry.audit.change import change
from consentry.partners.acting import acting
from consentry.partners.actions.publish_version import AskedRow, add_version
from consentry.partners.drafting import as_asked, as_published, same_rows
from consentry.partners.models import App, CompanyMember, PermissionSetVersion
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.drafts import DraftSeen, lock_draft
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_roles import CompanyAct
from consentry.rules.invalid import InvalidError


def publish_draft(app: App, seen: DraftSeen, *, note: str, by: CompanyMember, at: datetime) -> PermissionSetVersion:
    """The draft that was seen is the next version, for good. Each row says in plain words what it is for.

    Raises DraftChangedError when somebody saved or published since, InvalidError for what cannot be published,
    NotForThisMemberError for a role that does not cover it, App.DoesNotExist for another company's app.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        member = check_member_may(by, CompanyAct.PUBLISH)
        if app.company_id != member.company_id:
            raise App.DoesNotExist
        draft = lock_draft(app, seen)
        rows = as_asked(draft.rows)
        _check(app, rows)
        version = add_version(this, app, rows, note)
        draft.edition += 1
        draft.saved_at, draft.saved_by = at, member.user
        draft.save()
    return version


def _check(app: App, rows: tuple[AskedRow, ...]) -> None:
    newest = latest_version(app)
    if newest and same_rows(rows, as_published(newest.rows.all())):
        raise InvalidError("rows", f"this is what version {newest.number} asks for already")
    for row in rows:
        if not row.reason:
            raise InvalidError(row.data_type, "say in plain words what it is needed for: schools read it")
