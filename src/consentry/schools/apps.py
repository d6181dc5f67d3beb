"""The schools application."""

from django.apps import AppConfig


class SchoolsConfig(AppConfig):
    """Registers the schools domain with Django."""

    name = "consentry.schools"
    default_auto_field = "django.db.models.BigAutoField"
