"""Connections (one app at one site), what is decided about them, and the record of every access through them."""

from consentry.connections.models.access import AccessEvent, CurrentTransaction, Outcome
from consentry.connections.models.connections import Connection, WipeNews
from consentry.connections.models.receipts import Receipt, ReceiptMail
from consentry.connections.models.reviews import Review

__all__ = ["AccessEvent", "Connection", "CurrentTransaction", "Outcome", "Receipt", "ReceiptMail", "Review", "WipeNews"]
