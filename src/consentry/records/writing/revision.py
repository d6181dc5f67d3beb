"""The next number in the history of a school's records."""

from django.db import connection

from consentry.audit.change import Change
from consentry.records.models import Revision

_NEXT = """
insert into records_revisioncounter (school_id, last) values (%s, 1)
on conflict (school_id) do update set last = records_revisioncounter.last + 1
returning last, set_config('app.revision', last::text, true)
"""


def take_revision(this: Change) -> int:
    """The revision of an open change. Locks the school's counter until the commit, so take it as late as can be.

    Because of that lock revisions become visible in their order, and a poller can never miss one.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [this.school])
        number, _ = cursor.fetchone()
    Revision.objects.create(
        school_id=this.school, number=number, at=this.at, author_kind=this.actor.kind, author_id=this.actor.id
    )
    return int(number)
