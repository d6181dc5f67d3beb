"""What all code lists have: a code that addresses the entry, whether it is in use, and its place in the list."""

from django.db import models

from consentry.records.models.base import Record
from consentry.records.models.constraints import addressable


class CodeList(Record):
    """An entry of a list that values are chosen from; its address ends in its code, not in its number."""

    code = models.TextField()
    active = models.BooleanField(default=True, db_default=True)
    data_order = models.IntegerField(null=True)

    class Meta:
        abstract = True
        constraints = addressable()

    def __str__(self) -> str:
        return self.code
