"""What former records were known by, in words: references followed to what those records were known by."""

from collections.abc import Iterable, Iterator
from functools import cache

from consentry.records.catalogue import catalogue, model_of, name_of, record_models
from consentry.records.former.known_by import leads_to, referenced
from consentry.records.models import FormerRecord
from consentry.records.natural_keys import AnyOf, natural_key
from consentry.rules.identity import SchoolId

_AT_ONCE = 5_000


def words_of_keys(school: SchoolId, rows: Iterable[FormerRecord]) -> list[str]:
    """The key of each in words, "" where there is none. A few queries, however many rows there are."""
    asked = list(rows)
    known = {row.former_id: row for row in asked}
    wanted = _references(asked) - known.keys()
    while wanted:
        found = _load(school, wanted)
        known |= {row.former_id: row for row in found}
        wanted = _references(found) - known.keys()
    return [_words(row, known) for row in asked]


def _load(school: SchoolId, ids: set[int]) -> list[FormerRecord]:
    """The former records of these ids; one id is of one record only, whatever its type."""
    numbers, types = sorted(ids), _types_referred_to()
    rows = FormerRecord.objects.filter(school=school, entity_type__in=types)
    parts = (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))
    return [row for part in parts for row in rows.filter(former_id__in=part)]


@cache
def _types_referred_to() -> tuple[str, ...]:
    return tuple(sorted({name_of(each) for model in record_models() for each in leads_to(model)}))


def _references(rows: Iterable[FormerRecord]) -> set[int]:
    return {int(number) for row in rows for number, _ in _parts(row) if number}


def _parts(row: FormerRecord) -> Iterator[tuple[str, str]]:
    """The parts of the key as (id of a former record or "", text)."""
    key = natural_key(model_of(row.entity_type))
    if isinstance(key, AnyOf):
        for text in row.key or ():
            number, _, rest = text.partition(" ") if key.through else ("", "", text)
            yield number, rest
        return
    places = referenced(model_of(row.entity_type), key)
    for place, text in enumerate(row.key or (), start=1):
        yield (text, "") if place in places else ("", text)


def _words(row: FormerRecord, known: dict[int, FormerRecord]) -> str:
    several = isinstance(natural_key(model_of(row.entity_type)), AnyOf)
    said = [" ".join(filter(None, (_referred(number, known), text))) for number, text in _parts(row)]
    return (" or " if several else ", ").join(filter(None, said))


def _referred(number: str, known: dict[int, FormerRecord]) -> str:
    if not number:
        return ""
    row = known.get(int(number))
    if row is None:
        return f"record {number}"
    label, words = catalogue()[row.entity_type].label.lower(), _words(row, known) or number
    return f"{label} ({words})" if ", " in words else f"{label} {words}"
