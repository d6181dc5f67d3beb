"""Sealing the record of access: the hash over a batch of access events stands in the site's chain of events.

The chain is the only place where seals are kept, so none can be taken away, added or changed without breaking it.
"""

from dataclasses import dataclass

from django.db import connection

from consentry.audit.models import Event
from consentry.audit.names import EventName
from consentry.rules.identity import SchoolId

_HASH = """
select count(*), coalesce(
    sha256(string_agg(sha256(convert_to(row_to_json(e)::text, 'UTF8')), ''::bytea order by e.id)), ''::bytea
)
from connections_accessevent e
where e.school_id = %s and e.transaction_id >= %s and e.transaction_id < %s
"""


@dataclass(frozen=True)
class Seal:
    """The access events that committed in the transactions from..before: how many, and the hash over all they say.

    By transaction and not by id, because ids are taken before they are committed, so a range of ids can still fill up.
    """

    from_transaction: int
    before_transaction: int
    count: int
    hash: str

    def details(self) -> dict[str, str | int]:
        """What the event of this seal tells."""
        return {
            "from": self.from_transaction,
            "before": self.before_transaction,
            "count": self.count,
            "hash": self.hash,
        }


def seals_of(school: SchoolId) -> list[Seal]:
    """The seals of this site in the order in which they were put on."""
    told = Event.objects.filter(school_id=school, name=EventName.ACCESS_SEALED).order_by("number")
    details = told.values_list("details", flat=True)
    return [Seal(each["from"], each["before"], each["count"], each["hash"]) for each in details]


def take_turn(school: SchoolId) -> None:
    """Wait, in an open transaction, until no other run seals this site's record: their seals would overlap."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('consentry seal', %s))", [school])


def next_seal(school: SchoolId) -> Seal:
    """Over everything behind the last seal that can no longer change: every transaction as old has ended."""
    told = Event.objects.filter(school_id=school, name=EventName.ACCESS_SEALED).order_by("-number")
    last = told.values_list("details", flat=True).first()
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = cursor.fetchone()
    return seal_over(school, last["before"] if last else 0, oldest_running)


def seal_over(school: SchoolId, from_transaction: int, before_transaction: int) -> Seal:
    """What a seal over this range says of the events as they stand now."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH, [school, from_transaction, before_transaction])
        count, digest = cursor.fetchone()
    return Seal(from_transaction, before_transaction, count, bytes(digest).hex())


def first_broken_seal(school: SchoolId) -> Seal | None:
    """The first seal that does not hold, or None. Call it in `reading(school)`, with the chain itself verified.

    A seal holds when it begins where the one before it ended and its events are what they were when it was put on.
    """
    begins = 0
    for seal in seals_of(school):
        if seal.from_transaction != begins or seal != seal_over(school, seal.from_transaction, seal.before_transaction):
            return seal
        begins = seal.before_transaction
    return None
