"""Answers of SAML identity providers on their way from the address that takes them to the browser that asked."""

from django.db import models


class SamlAnswer(models.Model):
    """An answer whose signature has been checked: kept so that it counts once, and only where it was asked for.

    `assertion_hash` names it among all that its provider has said; the row stays until the assertion would not be
    accepted any more. `handle_hash` is of the one-time name by which the browser comes back for it. Who it is about is
    blanked as it is taken. Not guarded and without an event: the Login History is the record.
    """

    provider = models.SlugField(max_length=100)
    assertion_hash = models.BinaryField()
    handle_hash = models.BinaryField(unique=True)
    in_response_to = models.TextField()
    subject = models.TextField()
    email = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("provider", "assertion_hash", name="saml_answer_counts_once")]

    def __str__(self) -> str:
        return f"answer of {self.provider}"
