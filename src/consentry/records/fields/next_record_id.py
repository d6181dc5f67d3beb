"""The numbers of records, as a column default."""

from django.db import models
from django.db.models import Func


class NextRecordId(Func):
    """The next number of the one sequence that all records share."""

    function = "nextval"
    template = "nextval('record_id')"
    output_field = models.BigIntegerField()

    def __init__(self) -> None:
        super().__init__()

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """What a migration needs to make it again."""
        return "consentry.records.fields.NextRecordId", [], {}
