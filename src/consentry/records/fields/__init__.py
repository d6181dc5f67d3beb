"""Fields of records: references that never leave their school."""

from consentry.records.fields.any_reference import AnyReference
from consentry.records.fields.composite_key import CompositeForeignKey
from consentry.records.fields.next_record_id import NextRecordId
from consentry.records.fields.reference import Reference

__all__ = ["AnyReference", "CompositeForeignKey", "NextRecordId", "Reference"]
