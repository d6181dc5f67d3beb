"""Drop what was drafted: the draft is what the newest version asks for again."""

from datetime import datetime

from consentry.audit.change import change
from consentry.audit.names import EventName
from consentry.partners.acting import acting
from consentry.partners.drafting import as_kept, as_published
from consentry.partners.models import App, CompanyMember
from consentry.partners.queries.apps import latest_version
from consentry.partners.queries.drafts import DraftSeen, lock_draft
from consentry.partners.queries.members import check_member_may
from consentry.rules.company_roles import CompanyAct


def discard_draft(app: App, seen: DraftSeen, *, by: CompanyMember, at: datetime) -> None:
    """The row stays, and its edition counts on, so that a form about the draft that was is not taken for the next.

    Raises DraftChangedError, NotForThisMemberError and App.DoesNotExist as save_draft.
    """
    with change(actor=acting(by), at=at, school=None) as this:
        member = check_member_may(by, CompanyAct.BUILD)
        if app.company_id != member.company_id:
            raise App.DoesNotExist
        draft = lock_draft(app, seen)
        newest = latest_version(app)
        draft.rows = as_kept(as_published(newest.rows.all())) if newest else []
        draft.edition += 1
        draft.saved_at, draft.saved_by = at, member.user
        draft.save()
        this.record(EventName.DRAFT_DISCARDED, draft, app=app.id, edition=draft.edition)
