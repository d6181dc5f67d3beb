"""The secrets with which apps prove who they are."""

from django.db import models

from consentry.audit.guarded import Guarded
from consentry.partners.models.apps import App


class Credential(Guarded):
    """One of an app's secrets: shown once, kept as a salted SHA-256 (256 random bits need no slow hash, ASVS 6.5.2).

    `last_used_at` is true to the hour.
    """

    app = models.ForeignKey(App, models.PROTECT, related_name="credentials")
    salt = models.BinaryField()
    digest = models.BinaryField()
    hint = models.TextField()
    issued_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"secret ending in {self.hint}"
