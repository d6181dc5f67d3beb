"""The entries that every school starts with: one JSON file a code list, and the attendance codes of the rules."""

from consentry.records.code_lists.entries import code_list_entries

__all__ = ["code_list_entries"]
