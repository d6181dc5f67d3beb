"""Django's registration of this domain."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Collectors, consent, and the submissions of attendance."""

    name = "consentry.returns"
