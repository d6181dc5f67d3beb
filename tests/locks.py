"""Looking at the locks of this test's database: the server has those of all that run beside it."""

LOCKS_HERE = "select from pg_locks l join pg_stat_activity a using (pid) where a.datname = current_database()"
