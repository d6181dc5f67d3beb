"""The people application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the people domain with Django."""

    name = "consentry.people"
    default_auto_field = "django.db.models.BigAutoField"
