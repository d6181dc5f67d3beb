"""A site's SAML provider as django-allauth's sign-in wants to have it, where it is not asked to speak."""

from consentry.people.queries.identity_providers import Provider


class SamlVouching:
    """The provider (`of`) that has vouched for somebody who is being signed in."""

    def __init__(self, of: Provider) -> None:
        self.of = of

    def serialize(self) -> dict[str, str]:
        """Under what the adapter finds it again, when somebody has shown their second factor."""
        return {"id": self.of.slug}
