"""Records that importers make from the rows of another system."""

from django.db import models

from consentry.records.models.base import Record
from consentry.records.models.constraints import one_per_school


class ImportedRecord(Record):
    """A record that remembers the key it had where it came from, so that a second import finds it.

    `source_key` is written as the importer likes ("oneroster:class:1234"); the catalogue does not show it.
    """

    source_key = models.TextField(null=True, editable=False)

    class Meta:
        abstract = True
        constraints = [one_per_school("source_key", name="source_key")]
