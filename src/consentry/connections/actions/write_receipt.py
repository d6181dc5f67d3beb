"""Write the receipt of a decision, and note to whom it is mailed."""

from django.db import transaction
from django.utils import timezone

from consentry.audit.change import Change
from consentry.connections.models import Connection, Receipt, ReceiptMail
from consentry.connections.queries.what_is_asked import AskedType, what_is_asked
from consentry.partners.models import PermissionSetVersion
from consentry.people.actions.wake_mailer import wake_mailer
from consentry.people.queries.permissions import accounts_permitted, opening_of
from consentry.rules.grants import Action
from consentry.rules.pages import Page
from consentry.rules.receipts import Decision, ReceiptContent, ReceiptRow


def write_receipt(
    this: Change,
    connection: Connection,
    decision: Decision,
    *,
    about: PermissionSetVersion,
    before: PermissionSetVersion | None = None,
) -> Receipt:
    """The receipt, in the open change: `about` is the version decided on, `before` the one that was in force.

    It is mailed to everybody who may decide at the site.
    """
    content = _content(connection, about, before, _decider(this, connection, decision))
    receipt = Receipt.objects.create(
        school_id=this.school, connection=connection, decision=decision, at=this.at, content=content
    )
    site = connection.school
    readers = accounts_permitted(this.school, opening_of(Page.PARTNER_APPS, site.level), timezone.localdate(this.at))
    ReceiptMail.objects.bulk_create(
        ReceiptMail(school_id=this.school, receipt=receipt, account=account, made_at=this.at) for account in readers
    )
    transaction.on_commit(wake_mailer, robust=True)
    return receipt


def _decider(this: Change, connection: Connection, decision: Decision) -> str:
    """Who decided; of what needed no decision, why it needed none."""
    if decision is Decision.NARROWED:
        return f"nobody had to: {connection.app.name} gave something up"
    if decision is Decision.REWORDED:
        return f"nobody had to: {connection.app.name} gets the same data"
    return this.actor.name


def _content(
    connection: Connection, about: PermissionSetVersion, before: PermissionSetVersion | None, decided_by: str
) -> ReceiptContent:
    app = connection.app
    return ReceiptContent(
        site=connection.school.name,
        app=app.name,
        company=app.company.name,
        privacy_notice=app.company.privacy_notice,
        decided_by=decided_by,
        version=about.number,
        version_before=before.number if before else None,
        rows=[_row(asked) for asked in what_is_asked([about.id])[about.id]],
    )


def _row(asked: AskedType) -> ReceiptRow:
    return ReceiptRow(
        data_type=asked.label,
        fields=[field.label for field in asked.fields],
        special=list(asked.special),
        actions=[action.value for action in Action if action in asked.actions],
        reason=asked.reason,
        required=asked.required,
    )
