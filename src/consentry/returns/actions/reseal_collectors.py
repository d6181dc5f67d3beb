"""Seal anew, under the first configured key, by what collectors know us."""

from consentry.people.actions.reseal import Sealed
from consentry.people.sealed import resealed
from consentry.returns.credentials import COLUMNS, purpose
from consentry.returns.models import Collector


def sealed_of_collectors() -> Sealed:
    """The collectors that hold a secret, for people/actions/reseal.py."""
    none = dict.fromkeys(COLUMNS.values())
    return Collector.objects.exclude(**none), _reseal_collector


def _reseal_collector(row: Collector) -> bool:
    held = {which: column for which, column in COLUMNS.items() if getattr(row, column) is not None}
    sealed = {column: resealed(purpose(row, which), getattr(row, column)) for which, column in held.items()}
    anew = {column: each for column, each in sealed.items() if each is not None}
    for column, each in anew.items():
        setattr(row, column, each)
    if anew:
        row.save(update_fields=list(anew))
    return bool(anew)
