"""Receipts of what was decided about apps at a site: one, all of them, and each as plain text."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from consentry.connections.models import Receipt
from consentry.rules.identity import SchoolId
from consentry.rules.receipts import ReceiptContent, ReceiptRow

_LONGEST = 100


def receipts_of(school: SchoolId) -> QuerySet[Receipt]:
    """The site's receipts, the newest first."""
    return Receipt.objects.filter(school=school).order_by("-at", "-id")


def receipt_at(school: SchoolId, number: int) -> Receipt:
    """The site's receipt of this number. Raises Receipt.DoesNotExist, for another site's too."""
    return Receipt.objects.get(school=school, id=number)


def last_receipt(school: SchoolId, connection_id: int) -> int | None:
    """The number of the last receipt about this connection of the site."""
    return receipts_of(school).filter(connection=connection_id).values_list("id", flat=True).first()


def receipts_about(school: SchoolId, connection_id: int) -> dict[datetime, int]:
    """The numbers of the last hundred receipts about this connection, by when each was given. One query."""
    found = receipts_of(school).filter(connection=connection_id).values_list("at", "id")
    return dict(found[:_LONGEST])


def receipt_in_words(receipt: Receipt) -> str:
    """The whole receipt as lines of plain text, as it is mailed and downloaded."""
    return "".join(f"{line}\n" for line in _lines(receipt))


def _lines(receipt: Receipt) -> Iterator[str]:
    said: ReceiptContent = receipt.content
    at = timezone.localtime(receipt.at)
    yield f"Receipt {receipt.id}: {receipt.get_decision_display()}"
    yield ""
    yield f"Site: {said['site']}"
    yield f"App: {said['app']} by {said['company']}"
    yield f"Decided by: {said['decided_by']}"
    yield f"On: {at:%A %d %B %Y, %H:%M} ({at.tzname()})"
    yield f"Version of the permission set: {said['version']}{_before(said)}"
    yield f"Privacy notice: {said['privacy_notice']}"
    yield ""
    yield "The full list of data types and fields:"
    yield ""
    for row in said["rows"]:
        yield from _row(row)


def _before(said: ReceiptContent) -> str:
    return f" (before: {said['version_before']})" if said["version_before"] else ""


def _row(row: ReceiptRow) -> Iterator[str]:
    yield f"{row['data_type']}: {', '.join(row['actions'])}{'' if row['required'] else ' (optional)'}"
    yield f"  Fields: {', '.join(row['fields']) or 'identity only'}"
    if row["special"]:
        yield f"  Special category data: {', '.join(row['special'])}"
    if row["reason"]:
        yield f"  Why: {row['reason']}"
