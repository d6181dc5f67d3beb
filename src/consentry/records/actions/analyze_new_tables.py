"""Telling the database how large its tables have become."""

from django.db import connection

from consentry.records.models.base import Record


def analyze_new_tables(*models: type[Record]) -> None:
    """Gather statistics of these tables if they had no rows before this transaction; else nothing is done.

    To be called after many records have been added that many more will refer to (pupils before their marks): without
    statistics PostgreSQL may check each reference by reading all rows of the school. It happens once in the life of a
    database, and holds up other imports until the commit.
    """
    with connection.cursor() as cursor:
        cursor.execute("select analyze_new_tables(%s)", [[model._meta.db_table for model in models]])
