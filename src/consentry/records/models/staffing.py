"""Contracts of staff."""

from django.db import models

from consentry.records.data_type import Declared
from consentry.records.fields import Reference
from consentry.records.models.constraints import in_order
from consentry.records.models.imported import ImportedRecord


class StaffContract(ImportedRecord):
    """A contract between the school and a member of staff."""

    data_type = Declared(display=("contractName|contractReference",))

    staff = Reference("Staff")
    contract_name = models.TextField(null=True)
    contract_reference = models.TextField(null=True)
    issued_date = models.DateField(null=True)
    start_date = models.DateField(null=True)
    expected_end_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    payroll_number = models.TextField(null=True)
    last_pay_review_date = models.DateField(null=True)

    class Meta(ImportedRecord.Meta):
        verbose_name = "staff contract"
        verbose_name_plural = "staff contracts"
        constraints = [*ImportedRecord.Meta.constraints, in_order("start_date", "end_date")]
