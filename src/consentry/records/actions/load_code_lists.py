"""Giving a school the code lists that the program comes with."""

from django.apps import apps
from django.db.models import QuerySet

from consentry.audit.change import Change
from consentry.records.code_lists import code_list_entries
from consentry.records.code_lists.entries import Value
from consentry.records.models.code_list import CodeList


def load_code_lists(this: Change, *, revision: int) -> int:
    """Add the entries that the site of the open change does not have yet, at this revision; how many were added.

    An entry is known by its code. What the school has changed in an entry, or made inactive, stays so. The caller, who
    knows the occasion, records the event.
    """
    added = 0
    for name, entries in code_list_entries().items():
        model: type[CodeList] = apps.get_model("records", name)
        added += _add_missing(model, entries, this, revision)
    return added


def _add_missing(model: type[CodeList], entries: list[dict[str, Value]], this: Change, revision: int) -> int:
    rows: QuerySet[CodeList] = QuerySet(model).filter(school_id=this.school)
    known = set(rows.values_list("code", flat=True))
    missing = [entry for entry in entries if entry["code"] not in known]
    rows.bulk_create(model(school_id=this.school, revision_id=revision, **entry) for entry in missing)
    return len(missing)
