"""What became of a site's records: how many there are, its last wipe, and what of it was found again."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.records.catalogue import catalogue
from consentry.records.models import FormerRecord, Match, RegisterEntry, Wipe
from consentry.rules.identity import SchoolId


@dataclass(frozen=True)
class Found:
    """Of one data type: how many records there were before the last wipe, are now, and were found again or not."""

    data_type: str
    now: int
    before: int
    matched: int
    ambiguous: int

    @property
    def unmatched(self) -> int:
        """How many records of before stand for nothing now, for whatever reason."""
        return self.before - self.matched


def last_wipe(school: SchoolId) -> Wipe | None:
    """The site's last wipe, None where there was none."""
    return Wipe.objects.filter(school=school).order_by("-number").first()


def was_wiped(school: SchoolId) -> bool:
    """Whether the site was ever wiped."""
    return Wipe.objects.filter(school=school).exists()


def wiped_by(wipe: Wipe) -> str:
    """Who wiped the site, as the event of it names them."""
    events = Event.objects.filter(school_id=wipe.school_id, subject_type="Site", name=EventName.SITE_WIPED)
    found = events.filter(details__revision=wipe.revision).values_list("actor_name", flat=True).first()
    return found or ""


def count_records(school: SchoolId) -> dict[str, int]:
    """How many records there are of each data type that has any. One query."""
    there = RegisterEntry.objects.filter(school=school, deleted_revision=None)
    return dict(there.values_list("entity_type").annotate(count=Count("*")).order_by("entity_type"))


def found_again(wipe: Wipe) -> list[Found]:
    """The data types that there were or are, in the order of their labels. Two queries."""
    school = SchoolId(wipe.school_id)
    there = count_records(school)
    counted = (
        FormerRecord.objects.filter(school=school, wipe=wipe.number)
        .values("entity_type")
        .annotate(
            before=Count("*"),
            matched=Count("former_id", filter=Q(match=Match.MATCHED)),
            ambiguous=Count("former_id", filter=Q(match=Match.AMBIGUOUS)),
        )
        .order_by()
    )
    former = {name: numbers for name, *numbers in counted.values_list("entity_type", "before", "matched", "ambiguous")}
    names = sorted(former.keys() | there.keys(), key=lambda name: catalogue()[name].plural)
    return [Found(name, there.get(name, 0), *former.get(name, (0, 0, 0))) for name in names]


def id_map(school: SchoolId, data_type: str) -> Iterator[tuple[int, int | None]]:
    """Every id of before with the new one, of all wipes, in the order of the old ones; None for none."""
    rows = FormerRecord.objects.filter(school=school, entity_type=data_type).order_by("former_id")
    yield from rows.values_list("former_id", "new_id").iterator()
