"""The records application."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Registers the records domain with Django."""

    name = "consentry.records"
    default_auto_field = "django.db.models.BigAutoField"
