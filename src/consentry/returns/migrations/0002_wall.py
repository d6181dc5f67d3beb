"""Consent, submissions and attempts are seen by their own site alone; four questions across sites."""

from django.db import migrations

from consentry.audit.row_security import only_own_site, owner_reads_all_sites

SCHOOLS_ASKED = """
create function returns_schools_asked(asking bigint, on_day date)
returns table (school_id bigint, made text[])
language sql stable security definer set search_path = public, pg_temp as $$
    select s.id, array(
        select m.run from returns_submission m
        where m.school_id = s.id and m.collector_id = c.id and m.day = on_day
    )
    from returns_collector c
    join schools_site s on s.kind = 'school' and s.life = 'live' and s.jurisdiction = c.jurisdiction
        and starts_with(s.laestab, c.local_authority)
    where c.id = asking and c.status = 'active' and (
        c.legal_basis = 'duty' or exists (
            select 1 from returns_consent n
            where n.school_id = s.id and n.collector_id = c.id and n.ended_at is null and n.version >= c.consent_from
        )
    )
    order by s.id
$$;
revoke execute on function returns_schools_asked(bigint, date) from public;
"""

WAITING = """
create function returns_waiting(until timestamptz)
returns table (school_id bigint, collector_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select m.school_id, m.collector_id from returns_submission m
    where m.state = 'waiting' and m.next_at <= until
    order by m.next_at
$$;
revoke execute on function returns_waiting(timestamptz) from public;
"""

CONSENTS_TO_END = """
create function returns_consents_to_end()
returns table (school_id bigint, consent_id bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select n.school_id, n.id from returns_consent n
    join returns_collector c on c.id = n.collector_id
    where n.ended_at is null and (c.status = 'discontinued' or n.version < c.consent_from)
    order by n.id
$$;
revoke execute on function returns_consents_to_end() from public;
"""

NUMBERS = """
create function returns_numbers(on_day date)
returns table (collector_id bigint, consents bigint, received bigint, waiting bigint, failed bigint)
language sql stable security definer set search_path = public, pg_temp as $$
    select c.id,
        (select count(*) from returns_consent n
         where n.collector_id = c.id and n.ended_at is null and n.version >= c.consent_from),
        count(m.id) filter (where m.state = 'received'),
        count(m.id) filter (where m.state = 'waiting'),
        count(m.id) filter (where m.state = 'failed')
    from returns_collector c
    left join returns_submission m on m.collector_id = c.id and m.day = on_day and m.in_force
    group by c.id
$$;
revoke execute on function returns_numbers(date) from public;
"""


class Migration(migrations.Migration):
    """The policies and the functions."""

    dependencies = [("returns", "0001_initial"), ("audit", "0002_wall"), ("schools", "0003_calendar")]

    operations = [
        only_own_site("returns_consent"),
        owner_reads_all_sites("returns_consent"),
        only_own_site("returns_submission"),
        owner_reads_all_sites("returns_submission"),
        only_own_site("returns_attempt"),
        migrations.RunSQL(SCHOOLS_ASKED, "drop function returns_schools_asked(bigint, date)"),
        migrations.RunSQL(WAITING, "drop function returns_waiting(timestamptz)"),
        migrations.RunSQL(CONSENTS_TO_END, "drop function returns_consents_to_end()"),
        migrations.RunSQL(NUMBERS, "drop function returns_numbers(date)"),
    ]
