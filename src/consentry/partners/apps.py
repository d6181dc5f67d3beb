"""The partners application."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """Registers the partners domain with Django."""

    name = "consentry.partners"
    default_auto_field = "django.db.models.BigAutoField"
