"""What a company is to ask for next: an app's draft beside its newest version."""

from dataclasses import dataclass
from datetime import datetime

from consentry.partners.actions.publish_version import AskedRow
from consentry.partners.drafting import as_asked, as_published, same_rows
from consentry.partners.models import App, Company, PermissionSetDraft, PermissionSetVersion


@dataclass(frozen=True)
class DraftSeen:
    """What somebody had before them: the edition of the draft, and the number of the newest version (0: none)."""

    edition: int
    version: int


class DraftChangedError(Exception):
    """The draft was saved, discarded or published since it was seen; `by` is who did, "" for the operator."""

    def __init__(self, by: str) -> None:
        super().__init__(by)
        self.by = by


@dataclass(frozen=True)
class Drafted:
    """An app with its draft. Where none was ever saved, the draft is what the newest version asks for."""

    app: App
    newest: PermissionSetVersion | None
    published: tuple[AskedRow, ...]
    rows: tuple[AskedRow, ...]
    edition: int
    saved_by: str
    saved_at: datetime | None

    @property
    def seen(self) -> DraftSeen:
        """What somebody has before them who looks at this."""
        return DraftSeen(self.edition, self.newest.number if self.newest else 0)

    @property
    def differs(self) -> bool:
        """Whether there is anything to publish."""
        return not same_rows(self.rows, self.published)

    def row(self, data_type: str) -> AskedRow | None:
        """The draft's row for this data type."""
        return next((each for each in self.rows if each.data_type == data_type), None)


def app_of(company: Company, app_id: int) -> App:
    """The company's app of this number. Raises App.DoesNotExist, for another company's too."""
    return App.objects.select_related("company").get(company=company, id=app_id)


def drafted(app: App) -> Drafted:
    """The app's draft as it stands. Three queries."""
    newest = PermissionSetVersion.objects.filter(app=app).order_by("-number").prefetch_related("rows").first()
    published = as_published(newest.rows.all()) if newest else ()
    draft = PermissionSetDraft.objects.filter(app=app).select_related("saved_by").first()
    if draft is None:
        return Drafted(app, newest, published, published, 0, "", None)
    by = draft.saved_by.name if draft.saved_by else ""
    return Drafted(app, newest, published, as_asked(draft.rows), draft.edition, by, draft.saved_at)


def lock_draft(app: App, seen: DraftSeen) -> PermissionSetDraft:
    """The draft and its app, locked until the commit, still as they were seen; a new one where there is none yet.

    Raises DraftChangedError: of two who save or publish at once, the second is told.
    """
    App.objects.select_for_update(no_key=True).get(id=app.id)
    drafts = PermissionSetDraft.objects.select_for_update(no_key=True, of=("self",)).select_related("saved_by")
    draft = drafts.filter(app=app).first()
    published = PermissionSetVersion.objects.filter(app=app).count()
    if (draft.edition if draft else 0) != seen.edition or published != seen.version:
        raise DraftChangedError(draft.saved_by.name if draft and draft.saved_by else "")
    return draft or PermissionSetDraft(app=app, edition=0)


def versions_of(app: App) -> list[PermissionSetVersion]:
    """All versions of the app, the newest first. One query."""
    return list(PermissionSetVersion.objects.filter(app=app).order_by("-number"))
