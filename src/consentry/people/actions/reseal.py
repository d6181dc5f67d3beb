"""Seal anew, under the first configured key, what was sealed under another one, so that the other can be taken away."""

import base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from consentry.audit.actor import OPERATOR
from consentry.audit.change import Change, ChangeWithoutEventError, change
from consentry.audit.names import EventName
from consentry.people.models import IdentityProvider
from consentry.people.queries.identity_providers import secret_purpose
from consentry.people.sealed import SECOND_FACTOR, CannotUnsealError, resealed

_AT_A_TIME = 200
_TEXTS, _LISTS = ("secret", "seed"), ("migrated_codes",)
"""What is sealed in the data of an authenticator, as django-allauth keeps it."""


@dataclass(frozen=True)
class Resealed:
    """How many rows were sealed anew, how many were under the first key already, and how many no key opens."""

    anew: int = 0
    current: int = 0
    lost: int = 0

    def __add__(self, other: "Resealed") -> "Resealed":
        return Resealed(self.anew + other.anew, self.current + other.current, self.lost + other.lost)


Sealed = tuple[QuerySet[Any], Callable[[Any], bool]]
"""Rows that hold something sealed, and what seals one of them anew: it says whether there was anything to do."""


def sealed_of_people() -> list[Sealed]:
    """Identity providers and second factors. Sessions are not among them: they end within hours."""
    return [
        (IdentityProvider.objects.exclude(secret=b""), _reseal_provider),
        (Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN), _reseal_authenticator),
    ]


def reseal(kinds: list[Sealed], *, at: datetime, progress: Callable[[int], None] = lambda _rows: None) -> Resealed:
    """All of these, a transaction for every two hundred rows, each told in an event of the platform.

    To be run again after it was stopped. What no key opens stays as it is, and is counted.
    """
    done = Resealed()
    for rows, reseal_row in kinds:
        for ids in _batches(rows):
            done += _reseal_batch(rows.filter(pk__in=ids).order_by("pk"), reseal_row, at)
            progress(len(ids))
    return done


def _batches(rows: QuerySet[Any]) -> Iterator[list[int]]:
    last = 0
    while ids := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_AT_A_TIME]):
        yield ids
        last = ids[-1]


def _reseal_batch(rows: QuerySet[Any], reseal_row: Callable[[Any], bool], at: datetime) -> Resealed:
    done = Resealed()
    with (
        suppress(ChangeWithoutEventError),
        change(actor=OPERATOR, at=at, school=None) as this,
    ):  # nothing was to be done
        done = _reseal_locked(this, list(rows.select_for_update(no_key=True)), reseal_row)
    return done


def _reseal_locked(this: Change, rows: list[Any], reseal_row: Callable[[Any], bool]) -> Resealed:
    done, last = Resealed(), None
    for row in rows:
        try:
            is_anew = reseal_row(row)
        except (CannotUnsealError, ValueError):  # ValueError: not even sealed as it is here
            done += Resealed(lost=1)
            continue
        done += Resealed(anew=int(is_anew), current=int(not is_anew))
        last = row if is_anew else last
    if last is not None:
        this.record(EventName.KEYS_RESEALED, last, rows=done.anew)
    return done


def _reseal_provider(row: IdentityProvider) -> bool:
    sealed = resealed(secret_purpose(row.slug), row.secret)
    if sealed is not None:
        row.secret = sealed
        row.save(update_fields=["secret"])
    return sealed is not None


def _reseal_authenticator(row: Authenticator) -> bool:
    kept = dict(row.data)
    kept |= {name: _text(kept[name]) for name in _TEXTS if name in kept}
    kept |= {name: [_text(each) for each in kept[name]] for name in _LISTS if name in kept}
    is_anew = bool(kept != row.data)
    if is_anew:
        row.data = kept
        row.save(update_fields=["data"])
    return is_anew


def _text(sealed: str) -> str:
    anew = resealed(SECOND_FACTOR, base64.b64decode(sealed))
    return sealed if anew is None else base64.b64encode(anew).decode()
