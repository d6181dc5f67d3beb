"""The tokens that apps got by the connect link: a chain for each code, of one app at one site."""

from django.db import models

from consentry.partners.models.apps import App


class TokenChain(models.Model):
    """All tokens that came of one code: the first pair, and each that replaced the one before it.

    The tokens themselves are the OAuth 2 toolkit's rows: `family` is what its refresh tokens call it. `code_digest` is
    the SHA-256 (hex) of the spent code, kept so that showing it again is seen for what it is. After `ends_at`, or once
    it has ended, no token of it is renewed.
    """

    family = models.UUIDField(unique=True)
    code_digest = models.CharField(max_length=64, unique=True)
    app = models.ForeignKey(App, models.PROTECT, related_name="token_chains")
    school = models.ForeignKey("schools.Site", models.PROTECT, related_name="+")
    given_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    refreshed_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("school", "app", name="token_chains_at_site")]

    def __str__(self) -> str:
        return f"tokens given on {self.given_at:%Y-%m-%d}"
