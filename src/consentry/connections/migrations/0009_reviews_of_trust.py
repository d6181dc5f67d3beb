"""One more cross-site question: how the newest review of each connection stands at the schools of a trust."""

from django.db import migrations

REVIEWS_OF_TRUST = """
create function reviews_of_trust(asking_trust bigint)
returns table (connection_id bigint, after_id bigint, state text)
language sql stable security definer set search_path = public, pg_temp as $$
    select distinct on (r.connection_id) r.connection_id, r.after_id, r.state
    from schools_site s
    join connections_review r on r.school_id = s.id
    where s.trust_id = asking_trust
      and asking_trust = nullif(current_setting('app.school', true), '')::bigint
    order by r.connection_id, r.id desc
$$;
revoke execute on function reviews_of_trust(bigint) from public;
"""


class Migration(migrations.Migration):
    """It answers for the trust alone that the transaction has entered."""

    dependencies = [("connections", "0008_suspensions_told")]

    operations = [migrations.RunSQL(REVIEWS_OF_TRUST, "drop function reviews_of_trust(bigint)")]
