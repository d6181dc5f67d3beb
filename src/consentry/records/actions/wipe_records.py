"""Wiping a site's records: remembered, deleted, and the code lists loaded anew, as at the opening of a site."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from consentry.audit.change import Change
from consentry.records.actions.load_code_lists import load_code_lists
from consentry.records.actions.match_former import match_former
from consentry.records.actions.remember_records import remember_records
from consentry.records.actions.remove_records import remove_records
from consentry.records.catalogue import name_of
from consentry.records.models import RegisterEntry, Wipe
from consentry.records.writing.revision import take_revision
from consentry.rules.identity import SchoolId

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""


@dataclass(frozen=True)
class Wiped:
    """What was deleted, as numbers of records by data type (those that had any), and in which revision."""

    wipe: Wipe
    counts: Mapping[str, int]


def wipe_records(this: Change, *, becomes: str, progress: Progress) -> Wiped:
    """Delete all records of the site of the open change, whose turn the caller has taken; `becomes` goes on record.

    The history of revisions and changes stays. It takes the site's revision first, because a deletion needs its number:
    whoever writes records of this site waits until the commit.
    """
    revision = take_revision(this)
    told = _told(progress, total=2 * _there(this.school))
    number = Wipe.objects.filter(school=this.school).count() + 1
    counts: dict[str, int] = {}
    for model, count in remember_records(this, wipe=number):
        counts[name_of(model)] = count
        told(count)
    for count in remove_records(this):
        told(count)
    load_code_lists(this, revision=revision)
    match_former(this)
    wipe = Wipe.objects.create(
        school_id=this.school,
        number=number,
        at=this.at,
        revision=revision,
        became=becomes,
        records=sum(counts.values()),
    )
    return Wiped(wipe, {name: count for name, count in sorted(counts.items()) if count})


def _there(school: SchoolId) -> int:
    return RegisterEntry.objects.filter(school=school, deleted_revision=None).count()


def _told(progress: Progress, *, total: int) -> Callable[[int], None]:
    done = 0

    def tell(count: int) -> None:
        nonlocal done
        done += count
        progress(done, total)

    return tell
