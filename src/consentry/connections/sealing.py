"""What a seal covers and how it is computed, for the job that seals and the command that verifies."""

from dataclasses import dataclass

from django.db import connection

from consentry.connections.models import AccessSeal
from consentry.rules.identity import SchoolId

_HASH = """
select count(*), coalesce(
    sha256(string_agg(sha256(convert_to(row_to_json(e)::text, 'UTF8')), ''::bytea order by e.id)), ''::bytea
)
from connections_accessevent e
where e.school_id = %s and e.transaction_id >= %s and e.transaction_id < %s
"""


@dataclass(frozen=True)
class Batch:
    """The access events that committed in the transactions from..before: how many, and the hash over all they say."""

    from_transaction: int
    before_transaction: int
    count: int
    hash: bytes


def open_batch(school: SchoolId) -> Batch:
    """Everything behind the last seal that can no longer change, because every transaction as old has ended."""
    last = AccessSeal.objects.filter(school=school).order_by("-before_transaction").first()
    with connection.cursor() as cursor:
        cursor.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = cursor.fetchone()
    return batch(school, last.before_transaction if last else 0, oldest_running)


def batch(school: SchoolId, from_transaction: int, before_transaction: int) -> Batch:
    """The events of this range as they stand now."""
    with connection.cursor() as cursor:
        cursor.execute(_HASH, [school, from_transaction, before_transaction])
        count, digest = cursor.fetchone()
    return Batch(from_transaction, before_transaction, count, bytes(digest))


def first_broken_seal(school: SchoolId) -> AccessSeal | None:
    """The first seal whose events are not what they were when it was put on, or None. Call it in `reading(school)`."""
    for seal in AccessSeal.objects.filter(school=school).order_by("before_transaction"):
        found = batch(school, seal.from_transaction, seal.before_transaction)
        if (found.count, found.hash) != (seal.count, bytes(seal.hash)):
            return seal
    return None
