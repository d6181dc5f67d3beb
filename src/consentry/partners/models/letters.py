"""What the operator tells companies by e-mail."""

from django.db import models
from django.db.models import Q

from consentry.audit.guarded import Guarded
from consentry.partners.models.companies import Company


class CompanyLetter(Guarded):
    """Something a company is told by e-mail, at its contact. `mailed_at` is the truth of the mail, not a job.

    `path` is the address within the product of what it is about.
    """

    company = models.ForeignKey(Company, models.PROTECT, related_name="letters")
    title = models.TextField()
    text = models.TextField()
    path = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("made_at", condition=Q(mailed_at=None), name="company_letter_to_mail")]

    def __str__(self) -> str:
        return self.title
