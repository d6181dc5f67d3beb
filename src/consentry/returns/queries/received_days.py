"""What a collector has received of each day, as it was told last. Call them in `reading` of the site."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from django.db import connection

from consentry.returns.models import Collector
from consentry.rules.identity import SchoolId
from consentry.rules.sent_documents import SentDay, read_document

_LAST_OF_EACH_DAY: Final = """
with told as (
    select d.day, m.id
    from unnest(%s::date[]) as d (day)
    cross join lateral (
        select id from returns_submission
        where school_id = %s and collector_id = %s and state = 'received'
            and first_day <= d.day and day >= d.day
        order by made_at desc limit 1
    ) m
)
select array_agg(t.day), s.document, s.media_type
from told t join returns_submission s on s.school_id = %s and s.id = t.id
group by s.id
"""


def received_days(school: SchoolId, collector: Collector, days: Sequence[date]) -> Mapping[date, SentDay]:
    """Of these days those of which the collector was told, as it was told last. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_OF_EACH_DAY, [list(days), school, collector.id, school])
        found = cursor.fetchall()
    told: dict[date, SentDay] = {}
    for wanted, document, media_type in found:
        by_day = {each.day: each for each in read_document(bytes(document), media_type)}
        told |= {day: by_day[day] for day in wanted if day in by_day}
    return told
