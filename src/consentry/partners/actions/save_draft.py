"""Save what an app is to ask for next."""

from collections.abc import Sequence
from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.actions.publish_version import AskedRow, check_rows
from consentry.partners.drafting import as_kept
from consentry.partners.models import App, CompanyMember, PermissionSetDraft
from consentry.partners.queries.drafts import DraftSeen, lock_draft
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_roles import CompanyAct


def save_draft(
    app: App, rows: Sequence[AskedRow], seen: DraftSeen, *, by: CompanyMember, at: datetime
) -> PermissionSetDraft:
    """The rows are the draft now; schools see nothing of it before it is published.

    Raises DraftChangedError when somebody saved or published since it was seen, InvalidError for what no version can
    ask for, NotForThisMemberError for a role that does not cover it, App.DoesNotExist for another company's app.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        member = check_member_may(by, CompanyAct.BUILD)
        if app.company_id != member.company_id:
            raise App.DoesNotExist
        draft = lock_draft(app, seen)
        check_rows(app, rows)
        draft.rows = as_kept(rows)
        draft.edition += 1
        draft.saved_at, draft.saved_by = at, member.user
        draft.save()
        this.record(EventName.DRAFT_SAVED, draft, app=app.id, edition=draft.edition)
    return draft
